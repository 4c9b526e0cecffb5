"""Calls an example function: once for the first call, then some more for the warm time, and compares the answers.

usage: call_example.py ENDPOINT EXAMPLE_DIRECTORY
Prints four lines: first call in ms, median of the warm calls in ms, "right" or what is wrong, the answer.
"""

import http.client
import json
import pathlib
import statistics
import sys
import time
import urllib.parse

WARM_CALLS = 20


def main(endpoint, directory):
    folder = pathlib.Path(directory)
    name = json.loads((folder / "function.json").read_text())["FunctionName"]
    event = (folder / "event.json").read_bytes()
    expected = json.loads((folder / "expected.json").read_text())
    address = urllib.parse.urlsplit(endpoint)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=120)

    def call():
        start = time.perf_counter()
        connection.request(
            "POST", f"/2015-03-31/functions/{name}/invocations", event, {"Content-Type": "application/json"}
        )
        response = connection.getresponse()
        body = response.read()
        millis = (time.perf_counter() - start) * 1000
        return millis, response.status, response.getheader("X-Amz-Function-Error"), body

    first, status, error, body = call()
    verdict = judge(status, error, body, expected)
    warm = [call() for _ in range(WARM_CALLS)]
    for _, status, error, again in warm:
        if verdict == "right":
            verdict = judge(status, error, again, expected)
    print(f"{first:.1f}")
    print(f"{statistics.median(millis for millis, *_ in warm):.1f}")
    print(verdict)
    print(body.decode("utf-8", "replace").replace("\n", " "))


def judge(status, error, body, expected):
    if status != 200:
        return f"status {status}"
    if error:
        return f"function error: {error}"
    return "right" if json.loads(body) == expected else "not the expected answer"


main(sys.argv[1], sys.argv[2])
