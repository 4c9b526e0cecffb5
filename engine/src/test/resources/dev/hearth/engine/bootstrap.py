#!/usr/bin/env python3
# A custom runtime for SandboxedFunctionIT: what the event asks for decides what it does.
import http.client, json, os, sys, time

api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
base = "/2018-06-01/runtime/invocation/"


def post(path, body):
    api.request("POST", base + path, body)
    api.getresponse().read()


while True:
    api.request("GET", base + "next")
    response = api.getresponse()
    event = json.loads(response.read())
    request = response.headers["Lambda-Runtime-Aws-Request-Id"]
    do = event.get("do", "echo")
    print("doing " + do, flush=True)
    if do == "exit":
        os._exit(event["code"])
    if do == "sleep":
        time.sleep(event["seconds"])
    if do == "hog":
        hog = []
        while True:
            hog.append(bytearray(10_000_000))
    if do == "error":
        post(request + "/error", json.dumps({"errorMessage": "no", "errorType": "Refused"}))
        continue
    if do == "large":
        post(request + "/response", "x" * event["bytes"])
        continue
    post(request + "/response", json.dumps({"event": event, "pid": os.getpid(), "name": os.environ["AWS_LAMBDA_FUNCTION_NAME"]}))
