#!/bin/sh
# Runs a function that writes an archive when it ends, of what makes later starts faster, tries it and gives it out.
#
#   $1     where the archive is written
#   $2     how many of the following words are the function's command; the others are the trial's, if any
#
# Writes to stdout a line "archive BYTES" and the bytes, or a line "failed" and the end of the log.
archive=$1
words=$2
log=/tmp/hearth-training.log
shift 2
i=0
training=
trial=
while [ "$i" -lt "$#" ]; do
  i=$((i + 1))
  if [ "$i" -le "$words" ]; then
    training="$training \"\${$i}\""
  else
    trial="$trial \"\${$i}\""
  fi
done
# The function ends with an error because its Runtime API is gone: its status says nothing.
eval "nice -n 19 $training" >"$log" 2>&1
if [ -s "$archive" ] && { [ -z "$trial" ] || eval "nice -n 19 $trial" >>"$log" 2>&1; }; then
  echo "archive $(($(wc -c <"$archive")))"
  exec cat "$archive"
fi
echo failed
exec tail -c 4000 "$log"
