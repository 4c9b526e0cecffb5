#!/bin/sh
. "$(dirname "$0")/../common.sh"
need cargo "install Rust from https://rustup.rs"
need cc "cargo needs a C linker; install one, for example with: apt-get install gcc"
# Offline first: once the crates are there, no network is needed.
cargo build --release --locked --offline -q 2>/dev/null || cargo build --release --locked -q
mkdir -p build/package
cp target/release/bootstrap build/package/bootstrap
pack build/package
