# Installs Debian packages of the real parts. Source it after common.sh.

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

# apt-get's output is of interest only where it fails.
apt_quiet() {
    local log status=0
    log="$(mktemp)"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" >"$log" 2>&1 || status=$?
    if [ "$status" -ne 0 ]; then
        cat "$log"
    fi
    rm -f "$log"
    return "$status"
}

apt_install() {
    apt_quiet install -y --no-install-recommends "$@"
}

# need_packages program=package…: installs the packages whose program is not there.
need_packages() {
    local pair missing=() programs=()
    for pair in "$@"; do
        if ! has "${pair%%=*}"; then
            programs+=("${pair%%=*}")
            missing+=("${pair#*=}")
        fi
    done
    if [ "${#missing[@]}" -eq 0 ]; then
        return
    fi

    has apt-get \
        || fail "Missing: ${programs[*]}. There is no apt-get here to install them; put them on PATH, then run this again."
    [ "$(id -u)" -eq 0 ] || has sudo \
        || fail "Missing: ${programs[*]}. Run as root: apt-get install --no-install-recommends ${missing[*]}"
    say "Installing ${missing[*]} ..."
    # A fresh machine has no package lists, another one has old ones: both are cured by an update, which most need not.
    if ! apt_install "${missing[@]}" >/dev/null; then
        apt_quiet update || fail "apt-get update failed; see above."
        apt_install "${missing[@]}" || fail "apt-get could not install ${missing[*]}; see above."
    fi
    for pair in "$@"; do
        has "${pair%%=*}" || fail "${pair%%=*} is not on PATH although ${pair#*=} is installed. Add its folder to PATH."
    done
    say "Installed ${missing[*]}. Where Debian starts them as services, those are left alone: ours use free ports."
}
