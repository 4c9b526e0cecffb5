# Starts extensions beside a runtime, inside their sandbox, and stays its first process.
#
#   $1...  names of executables in /opt/extensions, then --, then the runtime's command
#
# What extensions write goes to descriptor 7, so that it can be told apart from what the function writes.
# Ends when the runtime and the extensions have, with the runtime's status; Hearth kills what takes too long.
host=${AWS_LAMBDA_RUNTIME_API%:*} port=${AWS_LAMBDA_RUNTIME_API##*:}
runtime='' stopping=''
trap 'stopping=1; [[ $runtime ]] && kill -TERM "$runtime" 2>/dev/null' TERM

# One request to Hearth, and waits for its answer.
ask() {
    local result
    exec 9<>"/dev/tcp/$host/$port" && printf '%s %s HTTP/1.0\r\n\r\n' "$1" "$2" >&9 && read -r _ <&9
    result=$?
    exec 9>&-
    return "$result"
} 2>/dev/null

# Runs one with the environment that AWS gives extensions, and tells how it ended.
extend() {
    (
        unset AWS_EXECUTION_ENV AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_XRAY_CONTEXT_MISSING \
            AWS_XRAY_DAEMON_ADDRESS LAMBDA_RUNTIME_DIR LAMBDA_TASK_ROOT _AWS_XRAY_DAEMON_ADDRESS \
            _AWS_XRAY_DAEMON_PORT _HANDLER
        exec "/opt/extensions/$2" >&7 2>&1 7>&-
    )
    ask POST "/hearth/extensions/exited/$1/$?"
}

index=0
while [[ $1 != -- ]]; do
    extend "$index" "$1" &
    index=$((index + 1))
    shift
done
shift
ask GET /hearth/extensions/registered
[[ $stopping ]] && exit 143
"$@" 7>&- &
runtime=$!
[[ $stopping ]] && kill -TERM "$runtime"
wait "$runtime"
status=$?
# A signal ends the wait early.
while kill -0 "$runtime" 2>/dev/null; do
    wait "$runtime"
    status=$?
done
# Without being asked to it is a failure, of which Hearth tells the extensions.
if [[ $stopping ]] || ask POST "/hearth/extensions/runtime-exited/$status"; then
    until wait; do :; done
fi
exit "$status"
