# Finds a Java 25. Sourced by bin/hearth (POSIX sh) and the bash scripts beside it; sets nothing, prints what it finds.
# shellcheck shell=sh

# The feature release of the JDK in directory $1, or nothing; reads its release file, starts the program only where there is none.
feature_release() {
    [ -x "$1/bin/java" ] || return 0
    if [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    else
        "$1/bin/java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p'
    fi
}

# True for a JDK (a compiler is there, not only a runtime) of release 25 or newer in directory $1.
is_jdk_25() {
    release=$(feature_release "$1")
    [ "${release:-0}" -ge 25 ] && [ -x "$1/bin/javac" ]
}

# Prints the directory of the first JDK 25: HEARTH_JAVA_HOME, JAVA_HOME, /usr/lib/jvm, PATH. Fails where there is none.
find_jdk_25() {
    on_path=$(command -v java 2>/dev/null) && on_path=$(readlink -f -- "$on_path") || on_path=
    for candidate in "${HEARTH_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/* "${on_path%/bin/java}"; do
        if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}
