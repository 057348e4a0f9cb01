# shellcheck shell=bash
# Functions that several scripts source: messages, packages, a server on a free port.

# fail MESSAGE...: prints the message with the script's name, and exits.
fail() {
    echo "${0##*/}: $*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "run as root, or install sudo: $*"
    fi
}

# install_packages PACKAGE...: installs Debian's packages.
install_packages() {
    echo "${0##*/}: installing $*"
    as_root apt-get -qq -o DPkg::Lock::Timeout=300 update >/dev/null
    # RUNLEVEL=1: a service that is installed is not started.
    as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -qq -o DPkg::Lock::Timeout=300 install -y \
        --no-install-recommends "$@" >/dev/null
}

# need COMMAND PACKAGE: installs Debian's package unless the command exists.
need() { command -v "$1" >/dev/null || install_packages "$2"; }

# The release server that scripts test: $ACTIVATION_SERVER, or the one of this clone, built if it is missing.
release_server() {
    local server=${ACTIVATION_SERVER:-.build/release/activation-server}
    [ -x "$server" ] || swift build -c release --product activation-server >&2
    echo "$server"
}

# start_server LOG ARGUMENTS...: starts $server on a free port of loopback; sets $server_pid, $port and $url.
start_server() {
    local log=$1
    shift
    : >"$log"
    "$server" --port 0 --log-format json "$@" 2>"$log" &
    server_pid=$!
    port=
    for _ in $(seq 100); do
        port=$(sed -nE 's/.*"message":"listening".*"url":"[^"]*:([0-9]+)".*/\1/p' "$log")
        [ -z "$port" ] || break
        kill -0 "$server_pid" 2>/dev/null || break
        sleep 0.1
    done
    [ -n "$port" ] || { cat "$log" >&2; fail "the server does not start"; }
    # shellcheck disable=SC2034 # for the script that sources this
    url=http://127.0.0.1:$port
}

# stop PID: ends a process as an orchestrator does, and returns its status.
stop() {
    kill -TERM "$1" 2>/dev/null || true
    wait "$1"
}

# free_ports COUNT: prints that many free ports of loopback, on one line.
free_ports() {
    python3 - "$1" <<'END'
import socket, sys
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
print(*(s.getsockname()[1] for s in sockets))
END
}

# wait_for COMMAND...: waits until the command succeeds, for thirty seconds at most.
wait_for() {
    for _ in $(seq 300); do
        "$@" >/dev/null 2>&1 && return
        sleep 0.1
    done
    return 1
}
