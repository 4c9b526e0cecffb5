# Sourced by the targets' scripts. Each target has
#   setup WORK        fetch and build what it needs, pinned, into WORK; cheap when it is there already
#   start WORK PORT   serve on 127.0.0.1:PORT in the foreground until SIGTERM, everything written below WORK
#   target.properties what the benchmark must know of it
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd)
benchmarks=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$1
port=${2:-}
mkdir -p "$work"

need() { # need PROGRAM REMEDY
    command -v "$1" >/dev/null || { echo "Cannot set up '$(basename "$here")': '$1' is not on the PATH; $2." >&2; exit 3; }
}

build_go() { # build_go PACKAGE OUTPUT: a static binary of functions/go/PACKAGE
    need go "install Go 1.24 or newer"
    (cd "$benchmarks/functions/go" && CGO_ENABLED=0 go build -tags lambda.norpc -trimpath -ldflags '-s -w' -o "$2" "./$1")
}

zip_one() { # zip_one FILE OUTPUT: a zip with that one file, executable
    need python3 "install Python 3"
    python3 - "$1" "$2" <<'PY'
import os, sys, zipfile
source, target = sys.argv[1:]
entry = zipfile.ZipInfo(os.path.basename(source), (2026, 1, 1, 0, 0, 0))
entry.external_attr = 0o100755 << 16
entry.compress_type = zipfile.ZIP_DEFLATED
with zipfile.ZipFile(target, "w") as archive, open(source, "rb") as file:
    archive.writestr(entry, file.read())
PY
}

# create_function PORT NAME RUNTIME HANDLER ZIP: by the Lambda API, once the server answers
create_function() {
    need python3 "install Python 3"
    python3 "$benchmarks/targets/create_function.py" "$@"
}

# serve COMMAND...: run it as a child, so that `deploy` (when defined) can talk to it; pass SIGTERM on
serve() {
    "$@" >"$work/server.log" 2>&1 &
    server=$!
    trap 'kill -TERM $server 2>/dev/null; wait $server; exit 0' TERM INT
    if declare -F deploy >/dev/null; then
        deploy || { kill -TERM $server; exit 1; }
    fi
    wait $server
}
