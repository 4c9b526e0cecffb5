#!/bin/sh
# Runs a managed runtime's command through the function's AWS_LAMBDA_EXEC_WRAPPER, with AWS's words and exit codes
# where that is not possible.
wrapper="${AWS_LAMBDA_EXEC_WRAPPER}"
if [ ! -f "$wrapper" ]; then
  echo "$wrapper: does not exist"
  exit 127
fi
if [ ! -x "$wrapper" ]; then
  echo "$wrapper: is not an executable"
  exit 126
fi
exec "$wrapper" "$@"
