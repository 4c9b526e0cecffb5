# Shared by the build.sh of each example: sourced, not run.
set -eu
cd "$(dirname "$0")"
export TZ=UTC LC_ALL=C

# need COMMAND REMEDY: exit code 3 says that a tool chain is missing, which is not a failure of the example.
need() {
    command -v "$1" >/dev/null 2>&1 && return
    echo "$(basename "$PWD"): $1 is not installed; $2" >&2
    exit 3
}

# unchanged STAMP FILE...: whether the dependencies named by the files are the ones fetched last time.
unchanged() {
    stamp=$1
    shift
    [ "$(cat "$stamp" 2>/dev/null)" = "$(cat "$@" | sha256sum)" ]
}

stamp() {
    stamp=$1
    shift
    cat "$@" | sha256sum > "$stamp"
}

# pack DIRECTORY: makes function.zip of it, the same bytes for the same files. The example's event goes along as its
# priming event: Hearth's standbys handle it once before anybody calls; on AWS it is a file that nobody reads.
pack() {
    need zip "install it, for example with: apt-get install zip"
    cp event.json "$1/hearth-priming-event.json"
    find "$1" -exec touch -h -d 2026-01-01T00:00:00Z {} +
    rm -f function.zip
    (cd "$1" && find . -type f | sed 's|^\./||' | sort | zip -X -D -q "$OLDPWD/function.zip" -@)
    echo "$(basename "$PWD"): function.zip, $(wc -c < function.zip | tr -d ' ') bytes"
}
