"""Creates a function through the Lambda API of a server on this machine and waits until it is Active: no SDK needed."""

import base64
import json
import sys
import time
import urllib.error
import urllib.request

port, name, runtime, handler, package = sys.argv[1:]
root = f"http://127.0.0.1:{port}/2015-03-31/functions"
headers = {
    "Content-Type": "application/json",
    # A server without authentication may still choose the service by the credential's scope.
    "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/lambda/aws4_request, "
    "SignedHeaders=host, Signature=0",
}


def call(method, url, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        sys.exit(f"Cannot create function '{name}': {method} {url} answered {refused.code}: {refused.read().decode()}")


def patiently(what, attempt):
    deadline = time.monotonic() + 60
    while True:
        try:
            result = attempt()
            if result is not None:
                return result
        except (ConnectionError, urllib.error.URLError, TimeoutError) as refused:
            if time.monotonic() > deadline:
                sys.exit(f"{what} within 60 s: {refused}")
        if time.monotonic() > deadline:
            sys.exit(f"{what} within 60 s")
        time.sleep(0.1)


with open(package, "rb") as file:
    code = base64.b64encode(file.read()).decode()
settings = {
    "FunctionName": name,
    "Runtime": runtime,
    "Handler": handler,
    "Role": "arn:aws:iam::000000000000:role/benchmark",
    "MemorySize": 1769,
    "Timeout": 30,
    "Code": {"ZipFile": code},
}
patiently(f"The server on port {port} did not answer", lambda: call("POST", root, settings))
patiently(
    f"Function '{name}' did not become Active",
    lambda: call("GET", f"{root}/{name}/configuration").get("State") == "Active" or None,
)
