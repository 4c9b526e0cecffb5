# Runs as root, outside of the sandbox, and turns itself into it.
#
#   $1     the most open files of a process
#   $2     file with bubblewrap's options (fd 5)
#   $3     file with the seccomp program (fd 6)
#   $4     what the sandbox has as fd 7 to write to, - for nothing
#   $5...  files of cgroups to join, then --, then what to become
#
# stdin is what lets the sandbox go (fd 3), stderr is bubblewrap's status (fd 4); the sandbox has neither.
exec 3<&0 4>&2 2>&1 </dev/null || exit 125
ulimit -c 0 && ulimit -n "$1" || exit 125
exec 5<"$2" 6<"$3" || exit 125
[ "$4" = - ] || exec 7>"$4" || exit 125
shift 4
while [ "$1" != -- ]; do
    # Joining here rather than from Hearth means that no process of the sandbox was ever outside. 0 is the writer
    # itself: only then does the kernel not wait for all CPUs.
    echo 0 >"$1" || exit 125
    shift
done
shift
exec "$@"
