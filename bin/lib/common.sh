# Shared by the bash scripts in bin/. Sourced, never run.
# shellcheck shell=bash

home=$(readlink -f -- "$(dirname -- "${BASH_SOURCE[0]}")/../..")
PATH="$PATH:/usr/sbin:/sbin"

# shellcheck source=java-home.sh
. "$home/bin/lib/java-home.sh"

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
    bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'
else
    bold='' dim='' plain=''
fi

step() { printf '%s== %s%s\n' "$bold" "$*" "$plain"; }
say() { printf '   %s\n' "$*"; }
detail() { printf '   %s%s%s\n' "$dim" "$*" "$plain"; }

# Ends the script: what was tried and found, then what to do.
fail() {
    printf '\n%s: %s\n' "${0##*/}" "$1" >&2
    shift
    printf '   %s\n' "$@" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }
