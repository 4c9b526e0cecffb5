#!/bin/sh
. "$(dirname "$0")/../common.sh"
need python3 "install it, for example with: apt-get install python3 python3-pip"
python3 -m pip --version >/dev/null 2>&1 || {
    echo "python-markdown: python3 has no pip; install it, for example with: apt-get install python3-pip" >&2
    exit 3
}
if ! unchanged build/stamp requirements.txt; then
    rm -rf build
    mkdir -p build
    python3 -m pip install --quiet --disable-pip-version-check --no-compile --only-binary :all: \
        --require-hashes --target build/packages -r requirements.txt
    stamp build/stamp requirements.txt
fi
rm -rf build/package
cp -r build/packages build/package
rm -rf build/package/bin
# RECORD names the compiled files of the machine, which differ
find build/package -name __pycache__ -prune -exec rm -rf {} +
cp app.py build/package/
pack build/package
