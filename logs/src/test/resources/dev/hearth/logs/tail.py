"""Follows a log group as `aws logs tail --follow` of AWS CLI 2 does: FilterLogEvents by time, page by page, then
again from the time of the newest event, each event printed once. Ends after the message "stop"."""
import sys
import time

import boto3

client = boto3.client("logs", endpoint_url=sys.argv[1], region_name="us-east-1")
arguments = {"logGroupName": sys.argv[2], "interleaved": True, "startTime": 0}
newest = 0
seen = set()
print("following", flush=True)
while True:
    answer = client.filter_log_events(**arguments)
    for event in answer["events"]:
        if event["eventId"] in seen:
            continue
        if event["timestamp"] > newest:
            newest = event["timestamp"]
            seen = set()
        seen.add(event["eventId"])
        print(event["logStreamName"], event["message"], flush=True)
        if event["message"] == "stop":
            sys.exit(0)
    if "nextToken" in answer:
        arguments["nextToken"] = answer["nextToken"]
    else:
        arguments.pop("nextToken", None)
        arguments["startTime"] = newest
        time.sleep(0.1)
