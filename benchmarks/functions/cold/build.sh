#!/bin/bash
# build.sh NAME WORK PYTHON: makes WORK/function.zip of the function in the folder NAME, with its dependencies from their
# packages' names (wheels for that version of Python); cheap when it was made of the same before.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source=$here/$1
work=$2
mkdir -p "$work"

need() { # need PROGRAM REMEDY
    command -v "$1" >/dev/null || { echo "Cannot build '$(basename "$source")': '$1' is not on the PATH; $2." >&2; exit 3; }
}

state=$(cd "$source" && find . -type f -print0 | sort -z | xargs -0 sha256sum; sha256sum "$here/build.sh"; echo "${3:-}")
if [ -f "$work/function.zip" ] && [ "$(cat "$work/sources" 2>/dev/null)" = "$state" ]; then exit 0; fi
need python3 "install Python 3 with pip"
rm -rf "$work/package" "$work/function.zip"
mkdir -p "$work/package"

case $(basename "$source") in
python-*)
    cp "$source/handler.py" "$work/package/"
    if [ -f "$source/requirements.txt" ]; then
        python3 -m pip install -qq --disable-pip-version-check --only-binary=:all: --implementation cp \
            --python-version "$3" --target "$work/package" -r "$source/requirements.txt"
    fi
    ;;
node-*)
    cp "$source/handler.js" "$work/package/"
    if [ -f "$source/package.json" ]; then
        need npm "install Node.js 20 with npm"
        cp "$source/package.json" "$work/package/"
        (cd "$work/package" && npm install --loglevel=error --no-audit --no-fund --ignore-scripts)
    fi
    ;;
java-*)
    # Offline first: once everything is in the local repository, no network is needed.
    for offline in -o ""; do
        "$here/../../../mvnw" -q $offline -f "$source/pom.xml" "-Dwork=$work" package >"$work/maven.log" 2>&1 && break
    done
    [ -n "$(ls "$work/package/lib" 2>/dev/null)" ] || { cat "$work/maven.log" >&2; exit 1; }
    ;;
go-*)
    need go "install Go 1.24 or newer"
    (cd "$source" && CGO_ENABLED=0 go build -tags lambda.norpc -trimpath -ldflags '-s -w' -o "$work/package/bootstrap" .)
    ;;
esac

python3 - "$work/package" "$work/function.zip" <<'PY'
import os, sys, zipfile
root, target = sys.argv[1:]
with zipfile.ZipFile(target + ".part", "w", zipfile.ZIP_DEFLATED) as archive:
    for folder, _, names in sorted(os.walk(root)):
        for name in sorted(names):
            path = os.path.join(folder, name)
            entry = zipfile.ZipInfo(os.path.relpath(path, root), (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if os.access(path, os.X_OK) else 0o100644) << 16
            with open(path, "rb") as file:
                archive.writestr(entry, file.read())
os.rename(target + ".part", target)
PY
printf '%s' "$state" >"$work/sources"
