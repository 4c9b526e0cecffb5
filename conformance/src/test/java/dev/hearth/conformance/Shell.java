package dev.hearth.conformance;

/// A runtime in a few lines of shell: needs nothing installed but sh and curl's place taken by bash's `/dev/tcp`.
final class Shell {
    private Shell() {}

    /// A bootstrap that runs `body` for each event. In it `$event` is the event, `$id` its request id,
    /// `answer JSON` and `fail TYPE MESSAGE` end the invocation, `post PATH BODY` talks to the Runtime API.
    static String loop(String body) {
        return """
                #!/bin/bash
                host=${AWS_LAMBDA_RUNTIME_API%%:*} port=${AWS_LAMBDA_RUNTIME_API##*:}
                post() { # post PATH BODY: prints the status line
                    exec 3<>/dev/tcp/$host/$port
                    printf 'POST /2018-06-01/runtime/%s HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: %d\\r\\nConnection: close\\r\\n\\r\\n%s' \\
                        "$1" "$(printf %s "$2" | wc -c)" "$2" >&3
                    head -n 1 <&3
                    exec 3>&-
                }
                answer() { post "invocation/$id/response" "$1" >/dev/null; }
                fail() { post "invocation/$id/error" "{\\"errorType\\":\\"$1\\",\\"errorMessage\\":\\"$2\\"}" >/dev/null; }
                next() {
                    exec 3<>/dev/tcp/$host/$port
                    printf 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n' >&3
                    length=0
                    while IFS= read -r line <&3; line=${line%$'\\r'}; [ -n "$line" ]; do
                        case ${line,,} in
                            lambda-runtime-aws-request-id:*) id=${line#*: } ;;
                            content-length:*) length=${line#*: } ;;
                        esac
                    done
                    event=
                    [ "$length" -gt 0 ] && LC_ALL=C IFS= read -r -N "$length" event <&3
                    exec 3>&-
                }
                while next; do
                """ + body.indent(4) + "done\n";
    }
}
