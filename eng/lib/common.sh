# Shared by the commands in eng/. Source it; it sets ROOT.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"

say() {
    printf '%s\n' "$*"
}

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

has() {
    command -v "$1" >/dev/null 2>&1
}

need_dotnet() {
    has dotnet || fail "The .NET SDK is missing. Install .NET SDK 10 (https://dot.net/download), then run this again."
    # global.json names the SDK; dotnet itself says best what is wrong where none fits.
    (cd "$ROOT" && dotnet --version >/dev/null) \
        || fail "This repository needs .NET SDK 10 (global.json). Install it (https://dot.net/download), then run this again."
}
