"""The Lambda API's core through boto3."""

import base64
import hashlib
import json
import time
import urllib.request

from botocore.config import Config
from botocore.exceptions import WaiterError

from checks import (ARN, OFTEN, ROLE, active, answering, call, check, client, config, create, endpoint, package, refused, run,
                    runtime, session, updated)

logs = session.client("logs", endpoint_url=endpoint, config=config)


@check
def create_answers_pending_and_becomes_active():
    created = create("life", Description="d", Timeout=7, MemorySize=256, Environment={"Variables": {"AA": "1"}})
    code = answering("life")
    assert created["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert created["State"] == "Pending" and created["StateReasonCode"] == "Creating", created
    assert created["CodeSha256"] == base64.b64encode(hashlib.sha256(code).digest()).decode()
    assert created["CodeSize"] == len(code)
    now = client.get_function(FunctionName="life")
    conf = now["Configuration"]
    assert conf["State"] == "Active" and conf["LastUpdateStatus"] == "Successful", conf
    assert (conf["Description"], conf["Timeout"], conf["MemorySize"]) == ("d", 7, 256)
    assert conf["Environment"] == {"Variables": {"AA": "1"}}
    assert conf["FunctionArn"] == ARN + "function:life"
    assert now["Code"]["RepositoryType"] == "S3"


@check
def code_can_be_downloaded_from_its_location():
    location = client.get_function(FunctionName="life")["Code"]["Location"]
    with urllib.request.urlopen(location) as answer:
        assert answer.read() == answering("life")


@check
def second_create_conflicts():
    raised = refused("ResourceConflictException", client.create_function, FunctionName="life", Runtime=runtime,
                     Handler="app.handler", Role=ROLE, Code={"ZipFile": answering(1)})
    assert raised.response["Error"]["Message"] == "Function already exist: life", raised
    assert isinstance(raised, client.exceptions.ResourceConflictException)


@check
def names_may_be_arns():
    for name in ("life", "000000000000:function:life", "function:life", ARN + "function:life"):
        if name == "function:life":
            continue  # not one of the forms AWS documents
        assert call(name) == "life", name


@check
def invoke_answers_version_and_log_tail():
    for _ in range(20):  # who waits for the log has it as it is after two seconds
        answer = client.invoke(FunctionName="life", LogType="Tail", Payload=b"{}")
        if "\nREPORT RequestId: " in base64.b64decode(answer["LogResult"]).decode():
            break
    assert answer["ExecutedVersion"] == "$LATEST" and answer["StatusCode"] == 200
    tail = base64.b64decode(answer["LogResult"]).decode()
    assert tail.startswith("START RequestId: ") and "\nEND RequestId: " in tail and "\nREPORT RequestId: " in tail, tail
    assert "\tMemory Size: 256 MB\t" in tail and "Billed Duration: " in tail and "Max Memory Used: " in tail, tail


@check
def client_context_reaches_the_function():
    create("context", package("def handler(event, context):\n"
                              "    c = context.client_context\n"
                              "    return [c.custom, c.client.app_title, c.env]\n"))
    given = {"custom": {"k": "v"}, "client": {"app_title": "t"}, "env": {"e": "1"}}
    encoded = base64.b64encode(json.dumps(given).encode()).decode()
    assert call("context", ClientContext=encoded) == [{"k": "v"}, "t", {"e": "1"}]


@check
def dry_run_runs_nothing():
    answer = client.invoke(FunctionName="life", InvocationType="DryRun")
    assert answer["StatusCode"] == 204 and answer["Payload"].read() == b""


@check
def event_is_accepted_without_an_answer():
    answer = client.invoke(FunctionName="life", InvocationType="Event", Payload=b'{"n": 1}')
    assert answer["StatusCode"] == 202 and answer["Payload"].read() == b"", answer
    assert "FunctionError" not in answer and "ExecutedVersion" not in answer, answer
    older = client.invoke_async(FunctionName="life", InvokeArgs=b"{}")
    assert older["Status"] == 202, older


@check
def null_answer_is_null():
    create("null", answering(None))
    assert client.invoke(FunctionName="null", Payload=b"{}")["Payload"].read() == b"null"


@check
def payload_that_is_not_json_is_refused():
    refused("InvalidRequestContentException", client.invoke, FunctionName="life", Payload=b"n\x87r")
    refused("InvalidRequestContentException", client.invoke, FunctionName="life", Payload=b"{")


@check
def payload_over_six_megabytes_is_refused():
    raised = refused("RequestEntityTooLargeException", client.invoke, FunctionName="life",
                     Payload=b'"' + b"x" * (6 * 1024 * 1024) + b'"')
    assert raised.response["ResponseMetadata"]["HTTPStatusCode"] == 413


@check
def payload_of_six_megabytes_is_taken():
    create("length", package("def handler(event, context):\n    return len(event)\n"), MemorySize=512)
    assert call("length", "x" * (6 * 1024 * 1024 - 2)) == 6 * 1024 * 1024 - 2


@check
def code_update_is_seen_by_the_next_call():
    create("moving", answering("old"))
    assert call("moving") == "old"
    changed = client.update_function_code(FunctionName="moving", ZipFile=answering("new"))
    assert changed["LastUpdateStatus"] == "InProgress", changed
    updated("moving")
    assert call("moving") == "new"


@check
def configuration_update_is_seen_by_the_next_call():
    create("configured", package("import os\ndef handler(event, context):\n    return [os.environ.get('XX'),"
                                 " context.memory_limit_in_mb]\n"))
    assert call("configured") == [None, "128"]
    client.update_function_configuration(FunctionName="configured", MemorySize=192, Environment={"Variables": {"XX": "y"}})
    updated("configured")
    assert call("configured") == ["y", "192"]


@check
def wrong_revision_is_refused():
    refused("PreconditionFailedException", client.update_function_code, FunctionName="moving", ZipFile=answering("x"),
            RevisionId="00000000-0000-0000-0000-000000000000")
    right = client.get_function_configuration(FunctionName="moving")["RevisionId"]
    client.update_function_configuration(FunctionName="moving", RevisionId=right, Description="by revision")
    updated("moving")


@check
def dry_run_of_an_update_changes_nothing():
    before = client.get_function_configuration(FunctionName="moving")["CodeSha256"]
    client.update_function_code(FunctionName="moving", ZipFile=answering("never"), DryRun=True)
    assert client.get_function_configuration(FunctionName="moving")["CodeSha256"] == before


@check
def versions_are_immutable_and_not_published_without_change():
    create("versioned", answering("one"))
    first = client.publish_version(FunctionName="versioned", Description="first")
    assert first["Version"] == "1" and first["FunctionArn"].endswith(":versioned:1"), first
    assert client.publish_version(FunctionName="versioned")["Version"] == "1"
    client.update_function_code(FunctionName="versioned", ZipFile=answering("two"), Publish=True)
    updated("versioned")
    client.get_waiter("published_version_active").wait(FunctionName="versioned", Qualifier="2",
                                                       WaiterConfig=OFTEN)
    assert call("versioned", Qualifier="1") == "one" and call("versioned", Qualifier="2") == "two"
    assert call("versioned:1") == "one" and call(ARN + "function:versioned:2") == "two"
    assert call("versioned") == "two"
    listed = client.list_versions_by_function(FunctionName="versioned")["Versions"]
    assert [v["Version"] for v in listed] == ["$LATEST", "1", "2"], listed


@check
def aliases_point_and_move():
    made = client.create_alias(FunctionName="versioned", Name="live", FunctionVersion="1", Description="a")
    assert made["AliasArn"].endswith(":versioned:live") and made["ResponseMetadata"]["HTTPStatusCode"] == 201
    answer = client.invoke(FunctionName="versioned", Qualifier="live", Payload=b"{}")
    assert answer["ExecutedVersion"] == "1" and json.loads(answer["Payload"].read()) == "one"
    client.update_alias(FunctionName="versioned", Name="live", FunctionVersion="2")
    assert call("versioned:live") == "two"
    assert client.get_alias(FunctionName="versioned", Name="live")["FunctionVersion"] == "2"
    assert [a["Name"] for a in client.list_aliases(FunctionName="versioned")["Aliases"]] == ["live"]
    refused("ResourceConflictException", client.create_alias, FunctionName="versioned", Name="live", FunctionVersion="1")
    refused("ResourceNotFoundException", client.create_alias, FunctionName="versioned", Name="x", FunctionVersion="99")


@check
def alias_weights_divide_calls():
    client.update_alias(FunctionName="versioned", Name="live", FunctionVersion="1",
                        RoutingConfig={"AdditionalVersionWeights": {"2": 0.5}})
    seen = [call("versioned", Qualifier="live") for _ in range(60)]
    # 60 fair coins: fewer than 8 of a side happens once in 10^9 runs.
    assert 8 <= seen.count("one") <= 52, seen.count("one")
    client.update_alias(FunctionName="versioned", Name="live", RoutingConfig={"AdditionalVersionWeights": {}})
    assert {call("versioned", Qualifier="live") for _ in range(10)} == {"one"}


@check
def version_with_an_alias_is_kept():
    refused("ResourceConflictException", client.delete_function, FunctionName="versioned", Qualifier="1")
    client.delete_alias(FunctionName="versioned", Name="live")
    refused("ResourceNotFoundException", client.get_alias, FunctionName="versioned", Name="live")
    client.delete_function(FunctionName="versioned", Qualifier="1")
    refused("ResourceNotFoundException", client.get_function, FunctionName="versioned", Qualifier="1")


@check
def layers_are_published_listed_and_deleted():
    content = package("value = 41\n", "python/layered.py")
    first = client.publish_layer_version(LayerName="shelf", Content={"ZipFile": content}, CompatibleRuntimes=[runtime],
                                         Description="one", LicenseInfo="MIT")
    assert first["Version"] == 1 and first["LayerVersionArn"] == ARN + "layer:shelf:1", first
    assert first["Content"]["CodeSize"] == len(content)
    second = client.publish_layer_version(LayerName="shelf", Content={"ZipFile": content})
    assert second["Version"] == 2
    assert [v["Version"] for v in client.list_layer_versions(LayerName="shelf")["LayerVersions"]] == [2, 1]
    assert [x["LatestMatchingVersion"]["Version"] for x in client.list_layers()["Layers"] if x["LayerName"] == "shelf"] == [2]
    assert client.get_layer_version(LayerName="shelf", VersionNumber=1)["Description"] == "one"
    assert client.get_layer_version_by_arn(Arn=first["LayerVersionArn"])["LicenseInfo"] == "MIT"
    create("layered", package("import layered\ndef handler(event, context):\n    return layered.value + 1\n"),
           Layers=[first["LayerVersionArn"]])
    assert call("layered") == 42
    client.delete_layer_version(LayerName="shelf", VersionNumber=1)
    refused("ResourceNotFoundException", client.get_layer_version, LayerName="shelf", VersionNumber=1)
    assert call("layered") == 42


@check
def concurrency_is_reserved_and_enforced():
    create("limited", package("import time\ndef handler(event, context):\n    time.sleep(event.get('s', 0))\n"))
    put = client.put_function_concurrency(FunctionName="limited", ReservedConcurrentExecutions=0)
    assert put["ReservedConcurrentExecutions"] == 0
    raised = refused("TooManyRequestsException", client.invoke, FunctionName="limited", Payload=b"{}")
    assert raised.response["Reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded", raised.response
    assert raised.response["ResponseMetadata"]["HTTPStatusCode"] == 429
    client.put_function_concurrency(FunctionName="limited", ReservedConcurrentExecutions=1)
    assert client.get_function_concurrency(FunctionName="limited")["ReservedConcurrentExecutions"] == 1
    assert client.get_function(FunctionName="limited")["Concurrency"]["ReservedConcurrentExecutions"] == 1
    assert call("limited") is None
    client.delete_function_concurrency(FunctionName="limited")
    assert "ReservedConcurrentExecutions" not in client.get_function_concurrency(FunctionName="limited")
    refused("InvalidParameterValueException", client.put_function_concurrency, FunctionName="limited",
            ReservedConcurrentExecutions=950)


@check
def tags_are_kept():
    create("tagged", Tags={"team": "a"})
    arn = ARN + "function:tagged"
    client.tag_resource(Resource=arn, Tags={"stage": "b"})
    assert client.list_tags(Resource=arn)["Tags"] == {"team": "a", "stage": "b"}
    client.untag_resource(Resource=arn, TagKeys=["team"])
    assert client.get_function(FunctionName="tagged")["Tags"] == {"stage": "b"}


@check
def account_settings_are_told():
    settings = client.get_account_settings()
    assert settings["AccountLimit"]["ConcurrentExecutions"] == 1000, settings
    assert settings["AccountUsage"]["FunctionCount"] >= 5, settings


@check
def lists_are_paged():
    names = [f["FunctionName"] for f in client.get_paginator("list_functions").paginate(
        PaginationConfig={"PageSize": 2}).search("Functions")]
    assert {"life", "moving", "tagged"} <= set(names) and len(names) == len(set(names)), names
    first = client.list_functions(MaxItems=1)
    assert len(first["Functions"]) == 1 and first["NextMarker"]


@check
def unknown_things_are_not_found():
    raised = refused("ResourceNotFoundException", client.invoke, FunctionName="doesnotexist", Payload=b"{}")
    assert raised.response["Error"]["Message"] == "Function not found: " + ARN + "function:doesnotexist:$LATEST", raised
    refused("ResourceNotFoundException", client.get_function, FunctionName="doesnotexist")
    refused("ResourceNotFoundException", client.invoke, FunctionName="life", Qualifier="nope", Payload=b"{}")
    refused("ResourceNotFoundException", client.delete_function, FunctionName="doesnotexist")


@check
def wrong_settings_are_refused():
    base = dict(FunctionName="wrong", Runtime=runtime, Handler="app.handler", Role=ROLE, Code={"ZipFile": answering(1)})
    unchecked = session.client("lambda", endpoint_url=endpoint, config=config.merge(Config(parameter_validation=False)))
    refused("ValidationException", unchecked.create_function, **{**base, "MemorySize": 1})
    refused("ValidationException", unchecked.create_function, **{**base, "Timeout": 901})
    refused("ValidationException", unchecked.create_function, **{**base, "Role": "nobody"})
    raised = refused("InvalidParameterValueException", client.create_function, **{**base, "Runtime": "cobol85"})
    assert "cobol85" in str(raised)
    refused("InvalidParameterValueException", client.create_function, **{**base, "Code": {"ZipFile": b"not a zip"}})


@check
def failed_waiter_says_why():
    code = package("raise Exception('never')\n")
    client.create_function(FunctionName="broken", Runtime="ruby3.4", Handler="app.handler", Role=ROLE, Code={"ZipFile": code})
    try:
        active("broken")
    except WaiterError as raised:
        assert raised.last_response["Configuration"]["State"] == "Failed", raised.last_response
        assert raised.last_response["Configuration"]["StateReason"]
        return
    raise AssertionError("the waiter was content")


@check
def log_groups_and_streams_can_be_read():
    create("logging", package("def handler(event, context):\n    print('said', event['n'])\n"))
    for n in range(3):
        call("logging", {"n": n})
        messages = written(n + 1)  # before the next call, which another instance may have
    assert [m for m in messages if m.startswith("said")] == ["said 0", "said 1", "said 2"], messages
    assert messages[0].startswith("INIT_START") or messages[0].startswith("START RequestId: "), messages
    streams = logs.describe_log_streams(logGroupName="/aws/lambda/logging")["logStreams"]
    assert streams and all("[$LATEST]" in stream["logStreamName"] for stream in streams), streams
    events = [logs.get_log_events(logGroupName="/aws/lambda/logging", logStreamName=stream["logStreamName"],
                                  startFromHead=True)["events"] for stream in streams]
    with_first = [inner for inner in events if any(e["message"].startswith("said 0") for e in inner)]
    assert len(with_first) == 1, events
    only = logs.filter_log_events(logGroupName="/aws/lambda/logging", filterPattern="said")["events"]
    assert len(only) == 3, only


def written(calls):
    """What is in the log of so many calls once it has their lines and their ends."""
    deadline = time.monotonic() + 120
    while True:
        found = logs.filter_log_events(logGroupName="/aws/lambda/logging")["events"] if groups("/aws/lambda/logging") else []
        messages = [e["message"].rstrip("\n") for e in found]
        ended = [sum(1 for m in messages if m.startswith(word)) == calls for word in ("said", "REPORT")]
        if all(ended) or time.monotonic() > deadline:
            return messages
        time.sleep(0.05)


def groups(prefix):
    return [g["logGroupName"] for g in logs.describe_log_groups(logGroupNamePrefix=prefix)["logGroups"]]


@check
def log_groups_can_be_deleted():
    assert groups("/aws/lambda/logging") == ["/aws/lambda/logging"]
    deadline = time.monotonic() + 60
    while True:
        logs.delete_log_group(logGroupName="/aws/lambda/logging")
        if not groups("/aws/lambda/logging") or time.monotonic() > deadline:
            break  # an instance that starts or ends just now may have written a line, and so made the group anew
    assert groups("/aws/lambda/logging") == []
    refused("ResourceNotFoundException", logs.describe_log_streams, logGroupName="/aws/lambda/logging")


@check
def deleted_functions_are_gone():
    assert client.delete_function(FunctionName="life")["ResponseMetadata"]["HTTPStatusCode"] == 204
    refused("ResourceNotFoundException", client.get_function, FunctionName="life")
    refused("ResourceNotFoundException", client.invoke, FunctionName="life", Payload=b"{}")


run()
