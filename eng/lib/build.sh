# Builds with one compiler for all projects. Source it after common.sh.

# Half of a build's work would be the start of a compiler for each project. This one serves no other build and ends with its own: it is
# used also where the machine turns such servers off because they outlive their callers.
COMPILER_ID="telemetry-$$"

# build_quietly LOG PROJECT: a Release build; what it prints goes to the file.
build_quietly() {
    local status=0
    trap stop_compiler EXIT
    dotnet build "$2" --configuration Release --nologo --verbosity quiet \
        -p:UseSharedCompilation=true -p:SharedCompilationId="$COMPILER_ID" >"$1" 2>&1 || status=$?
    trap - EXIT
    stop_compiler
    return "$status"
}

# It would end by itself some minutes later.
stop_compiler() {
    local version folder
    version="$(cd "$ROOT" && dotnet --version)"
    folder="$(dotnet --list-sdks | sed -n "s|^$version \[\(.*\)\]$|\1|p")"
    dotnet "$folder/$version/Roslyn/bincore/VBCSCompiler.dll" "-pipename:$COMPILER_ID" -shutdown >/dev/null 2>&1 || true
}
