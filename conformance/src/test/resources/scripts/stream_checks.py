"""InvokeWithResponseStream through boto3: each check is a function; its result is a line `ok NAME` or `FAILED NAME: why`.

Usage: stream_checks.py ENDPOINT STREAMING_FUNCTION IMPATIENT_FUNCTION BUFFERED_FUNCTION
"""

import base64
import json
import sys
import traceback

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, streaming, impatient, buffered = sys.argv[1:]
session = boto3.Session(aws_access_key_id="any", aws_secret_access_key="any", region_name="us-east-1")
config = Config(retries={"total_max_attempts": 1}, read_timeout=180)
client = session.client("lambda", endpoint_url=endpoint, config=config)


def invoke(name, event=None, **more):
    answer = client.invoke_with_response_stream(FunctionName=name, Payload=json.dumps(event or {}), **more)
    assert answer["StatusCode"] == 200, answer
    assert answer["ExecutedVersion"] == "$LATEST", answer
    assert answer["ResponseStreamContentType"] == "application/vnd.amazon.eventstream", answer
    assert answer["ResponseMetadata"]["RequestId"], answer
    parts, ends = [], []
    for event in answer["EventStream"]:
        if "PayloadChunk" in event:
            assert not ends, "a chunk after the end"
            parts.append(event["PayloadChunk"]["Payload"])
        else:
            ends.append(event["InvokeComplete"])
    assert len(ends) == 1, ends
    return b"".join(parts), ends[0], parts


def parts_come_in_order():
    payload, end, parts = invoke(streaming, {"do": "parts"})
    assert payload == b"0,1,2,3,4,5,6,7,8,9,", payload
    assert parts[0].startswith(b"0,"), parts
    assert "ErrorCode" not in end and "LogResult" not in end, end


def large_answers_are_whole():
    payload, end, _ = invoke(streaming, {"do": "large"})
    assert len(payload) == 20 * 1024 * 1024 and payload == b"x" * len(payload), len(payload)
    assert "ErrorCode" not in end, end


def log_comes_with_the_end():
    log = ""
    for _ in range(20):  # who waits for the log has it as it is after two seconds
        _, end, _ = invoke(streaming, {"do": "parts"}, LogType="Tail")
        log = base64.b64decode(end["LogResult"]).decode()
        if "REPORT RequestId: " in log:
            break
    assert "streams parts" in log and "START RequestId" in log, log


def failure_before_the_first_byte_is_in_the_end():
    payload, end, _ = invoke(streaming, {"do": "early"})
    assert payload == b"", payload
    assert end["ErrorCode"] == "Error", end
    assert json.loads(end["ErrorDetails"])["errorMessage"] == "too early", end


def failure_midway_is_in_the_end():
    payload, end, _ = invoke(streaming, {"do": "midway"})
    assert payload == b"one", payload
    assert end["ErrorCode"] == "RangeError", end
    assert json.loads(end["ErrorDetails"])["errorMessage"] == "midway", end


def crash_midway_is_in_the_end():
    payload, end, _ = invoke(streaming, {"do": "crash"})
    assert payload == b"one", payload
    assert end["ErrorCode"] == "Runtime.ExitError", end
    assert "Runtime exited with error: exit status 7" in end["ErrorDetails"], end


def kill_midway_is_in_the_end():
    payload, end, _ = invoke(streaming, {"do": "kill"})
    assert payload == b"one", payload
    assert end["ErrorCode"] == "Runtime.ExitError", end
    assert "signal: killed" in end["ErrorDetails"], end


def exhausted_memory_midway_is_in_the_end():
    payload, end, _ = invoke(streaming, {"do": "memory"})
    assert payload == b"one", payload
    assert end["ErrorCode"] == "Runtime.OutOfMemory", end


def stream_that_never_ends_times_out():
    payload, end, _ = invoke(impatient, {"do": "endless"})
    assert payload == b"one", payload
    assert end["ErrorCode"] == "Sandbox.Timedout", end
    assert "Task timed out after 5.00 seconds" in end["ErrorDetails"], end


def next_call_works_after_all_that():
    payload, end, _ = invoke(streaming, {"do": "parts"})
    assert payload.startswith(b"0,1,") and "ErrorCode" not in end, (payload, end)


def buffered_function_answers_in_one_part():
    payload, end, parts = invoke(buffered, {"a": 1})
    assert len(parts) == 1 and json.loads(payload) == {"a": 1}, parts
    assert "ErrorCode" not in end, end
    payload, end, _ = invoke(buffered, {"fail": True})
    assert payload == b"" and end["ErrorCode"] == "ValueError", (payload, end)


def plain_invoke_has_the_stream_whole():
    answer = client.invoke(FunctionName=streaming, Payload=json.dumps({"do": "parts"}))
    assert answer["Payload"].read() == b"0,1,2,3,4,5,6,7,8,9,"
    answer = client.invoke(FunctionName=streaming, Payload=json.dumps({"do": "midway"}))
    assert answer["FunctionError"] == "Unhandled", answer
    assert json.loads(answer["Payload"].read())["errorType"] == "RangeError"


def refusals_are_errors_and_no_streams():
    for call, code in [
        (dict(FunctionName="nowhere"), "ResourceNotFoundException"),
        (dict(FunctionName=streaming, Qualifier="9"), "ResourceNotFoundException"),
        (dict(FunctionName=streaming, Payload="no JSON"), "InvalidRequestContentException"),
    ]:
        try:
            client.invoke_with_response_stream(**call)
            raise AssertionError(f"{call} passed")
        except ClientError as refused:
            assert refused.response["Error"]["Code"] == code, refused
    client.put_function_concurrency(FunctionName=buffered, ReservedConcurrentExecutions=0)
    try:
        client.invoke_with_response_stream(FunctionName=buffered)
        raise AssertionError("a throttled call passed")
    except ClientError as refused:
        assert refused.response["Error"]["Code"] == "TooManyRequestsException", refused
    finally:
        client.delete_function_concurrency(FunctionName=buffered)


def dry_run_runs_nothing():
    answer = client.invoke_with_response_stream(FunctionName=streaming, InvocationType="DryRun")
    assert answer["StatusCode"] == 204, answer


for check in [value for value in list(globals().values()) if getattr(value, "__module__", "") == "__main__"]:
    if check is invoke:
        continue
    try:
        check()
        print("ok", check.__name__)
    except Exception:
        print("FAILED", check.__name__ + ":", traceback.format_exc().replace("\n", " | "))
