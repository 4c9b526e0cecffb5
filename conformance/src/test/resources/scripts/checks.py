"""What the checks through boto3 have in common. A script of checks marks each with `@check` and ends with `run()`: each is
one line of output, `ok NAME` or `FAILED NAME: why`. Run by Checks.java.

Usage: python SCRIPT ENDPOINT PYTHON_RUNTIME
"""

import io
import json
import sys
import traceback
import zipfile

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, runtime = sys.argv[1:]
session = boto3.Session(aws_access_key_id="any", aws_secret_access_key="any", region_name="us-east-1")
config = Config(retries={"total_max_attempts": 1}, read_timeout=180)
client = session.client("lambda", endpoint_url=endpoint, config=config)
ROLE = "arn:aws:iam::000000000000:role/any"
ARN = "arn:aws:lambda:us-east-1:000000000000:"
OFTEN = {"Delay": 0.05, "MaxAttempts": 1200}
found = []


def check(function):
    found.append(function)
    return function


def package(text, path="app.py"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0))
        entry.external_attr = 0o100644 << 16
        archive.writestr(entry, text)
    return out.getvalue()


def answering(value):
    return package(f"def handler(event, context):\n    return {value!r}\n")


def create(name, code=None, **more):
    """A Python function that is Active and answers its own name, unless `code` says otherwise."""
    settings = dict(FunctionName=name, Runtime=runtime, Handler="app.handler", Role=ROLE)
    settings["Code"] = {"ZipFile": code or answering(name)}
    settings.update(more)
    created = client.create_function(**settings)
    active(name)
    return created


def active(name):
    client.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig=OFTEN)


def updated(name):
    client.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig=OFTEN)


def call(name, event=None, **more):
    answer = client.invoke(FunctionName=name, Payload=json.dumps(event or {}), **more)
    return json.loads(answer["Payload"].read() or b"null")


def refused(error, action, *args, **kwargs):
    try:
        result = action(*args, **kwargs)
    except ClientError as raised:
        assert raised.response["Error"]["Code"] == error, f"{error} expected, got {raised}"
        return raised
    raise AssertionError(f"{error} expected, got {result}")


def run():
    script = sys.modules["__main__"].__file__
    for function in found:
        try:
            function()
            print(f"ok {function.__name__}", flush=True)
        except Exception as raised:  # every check reports, whatever went wrong in it
            where = traceback.extract_tb(raised.__traceback__)
            line = next((f.lineno for f in reversed(where) if f.filename == script), 0)
            text = " ".join(f"{type(raised).__name__}: {raised}".split())[:600]
            print(f"FAILED {function.__name__}: line {line}: {text}", flush=True)
