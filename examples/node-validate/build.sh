#!/bin/sh
. "$(dirname "$0")/../common.sh"
need npm "install Node.js with npm, for example with: apt-get install nodejs npm"
if ! unchanged build/stamp package.json package-lock.json; then
    rm -rf build
    mkdir -p build/package
    cp package.json package-lock.json build/package/
    (cd build/package && npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error)
    rm -f build/package/node_modules/.package-lock.json
    stamp build/stamp package.json package-lock.json
fi
cp index.mjs build/package/
pack build/package
