"""What functions have beside code and aliases, through boto3."""

import json
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timezone

from checks import ARN, OFTEN, ROLE, check, client, create, endpoint, package, refused, run, runtime

QUEUE = "arn:aws:sqs:us-east-1:000000000000:q"


def versioned(name, **more):
    """A function that answers its event, with a version and the alias `live` of it."""
    create(name, package("def handler(event, context):\n    return event\n"), **more)
    version = client.publish_version(FunctionName=name)["Version"]
    client.get_waiter("published_version_active").wait(FunctionName=name, Qualifier=version, WaiterConfig=OFTEN)
    client.create_alias(FunctionName=name, Name="live", FunctionVersion=version)


def shown(answer):
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def recent(time):
    return abs((datetime.now(timezone.utc) - time).total_seconds()) < 600


@check
def provisioned_concurrency_is_put_shown_listed_and_deleted():
    versioned("prov")
    where = dict(FunctionName="prov", Qualifier="live")
    put = client.put_provisioned_concurrency_config(ProvisionedConcurrentExecutions=2, **where)
    assert put["ResponseMetadata"]["HTTPStatusCode"] == 202 and put["Status"] == "IN_PROGRESS", put
    got = client.get_provisioned_concurrency_config(**where)
    assert got["RequestedProvisionedConcurrentExecutions"] == 2, got
    assert got["Status"] in ("IN_PROGRESS", "READY"), got
    listed = client.list_provisioned_concurrency_configs(FunctionName="prov")["ProvisionedConcurrencyConfigs"]
    assert [one["FunctionArn"] for one in listed] == [ARN + "function:prov:live"], listed
    refused("ResourceConflictException", client.put_provisioned_concurrency_config,
            FunctionName="prov", Qualifier="1", ProvisionedConcurrentExecutions=1)
    client.delete_provisioned_concurrency_config(**where)
    refused("ProvisionedConcurrencyConfigNotFoundException", client.get_provisioned_concurrency_config, **where)


@check
def snap_start_is_on_for_published_versions():
    if int(runtime.split(".")[1]) < 12:
        raised = refused("InvalidParameterValueException", create, name="snap", SnapStart={"ApplyOn": "PublishedVersions"})
        assert f"{runtime} is not supported for SnapStart" in str(raised), raised
        return
    versioned("snap", SnapStart={"ApplyOn": "PublishedVersions"})
    version = client.get_function_configuration(FunctionName="snap", Qualifier="1")
    assert version["SnapStart"] == {"ApplyOn": "PublishedVersions", "OptimizationStatus": "On"}, version["SnapStart"]
    assert version["State"] == "Active", version
    assert json.load(client.invoke(FunctionName="snap", Qualifier="1", Payload=b"7")["Payload"]) == 7


@check
def event_invoke_configs_are_kept():
    versioned("event")
    put = client.put_function_event_invoke_config(
        FunctionName="event", MaximumRetryAttempts=0, DestinationConfig={"OnFailure": {"Destination": QUEUE}})
    assert put["FunctionArn"].endswith(":event:$LATEST") and recent(put["LastModified"]), put
    client.update_function_event_invoke_config(FunctionName="event", MaximumEventAgeInSeconds=60)
    got = client.get_function_event_invoke_config(FunctionName="event")
    assert (got["MaximumRetryAttempts"], got["MaximumEventAgeInSeconds"]) == (0, 60), got
    assert got["DestinationConfig"] == {"OnSuccess": {}, "OnFailure": {"Destination": QUEUE}}, got
    client.put_function_event_invoke_config(FunctionName="event", Qualifier="live", MaximumRetryAttempts=1)
    pages = client.get_paginator("list_function_event_invoke_configs").paginate(
        FunctionName="event", PaginationConfig={"PageSize": 1})
    assert sum(len(page["FunctionEventInvokeConfigs"]) for page in pages) == 2
    client.delete_function_event_invoke_config(FunctionName="event")
    refused("ResourceNotFoundException", client.get_function_event_invoke_config, FunctionName="event")


@check
def function_urls_are_kept():
    versioned("url")
    made = client.create_function_url_config(FunctionName="url", AuthType="NONE", Cors={"AllowOrigins": ["*"]})
    assert ".lambda-url.us-east-1.localhost" in made["FunctionUrl"] and made["InvokeMode"] == "BUFFERED", made
    refused("ResourceConflictException", client.create_function_url_config, FunctionName="url", AuthType="NONE")
    client.create_function_url_config(FunctionName="url", Qualifier="live", AuthType="AWS_IAM")
    client.update_function_url_config(FunctionName="url", AuthType="AWS_IAM")
    got = client.get_function_url_config(FunctionName="url")
    assert got["AuthType"] == "AWS_IAM" and got["Cors"] == {"AllowOrigins": ["*"]}, got
    assert len(client.list_function_url_configs(FunctionName="url")["FunctionUrlConfigs"]) == 2
    client.delete_function_url_config(FunctionName="url")
    refused("ResourceNotFoundException", client.get_function_url_config, FunctionName="url")


def over_http(url, data=None, **headers):
    """Asks this machine, whatever the resolver makes of names under localhost."""
    parts = urllib.parse.urlsplit(url)
    address = urllib.parse.urlunsplit(parts._replace(netloc=f"127.0.0.1:{parts.port}"))
    request = urllib.request.Request(address, data, {"Host": parts.netloc, **headers})
    try:
        return urllib.request.urlopen(request)
    except urllib.error.HTTPError as refusal:
        return refusal


@check
def function_urls_are_served():
    code = """
def handler(event, context):
    if event["rawPath"] == "/raise":
        raise ValueError("no")
    if event["rawPath"] == "/empty":
        return {"statusCode": 204, "body": "nothing follows a 204"}
    return {"statusCode": 201, "headers": {"X-Path": event["rawPath"]}, "cookies": ["a=1", "b=2"],
            "body": event["requestContext"]["http"]["method"] + " " + event.get("body", "")}
"""
    client.create_function(FunctionName="served", Runtime=runtime, Handler="app.handler", Role=ROLE,
                           Code={"ZipFile": package(code)})
    client.get_waiter("function_active_v2").wait(FunctionName="served", WaiterConfig=OFTEN)
    url = client.create_function_url_config(FunctionName="served", AuthType="NONE")["FunctionUrl"]
    answer = over_http(url + "2015-03-31/x?y=1", b"hello", **{"Content-Type": "text/plain"})
    assert (answer.status, answer.read(), answer.headers["X-Path"]) == (201, b"POST hello", "/2015-03-31/x")
    assert answer.headers.get_all("Set-Cookie") == ["a=1", "b=2"], answer.headers
    assert over_http(url + "raise").status == 502
    assert over_http(url + "empty").status == 204
    assert over_http(url + "after").status == 201
    host = urllib.parse.urlsplit(url).hostname.split(".")[0]
    assert over_http(f"{endpoint.rstrip('/')}/_hearth/url/{host}/p").headers["X-Path"] == "/p"
    client.update_function_url_config(FunctionName="served", AuthType="AWS_IAM")
    assert over_http(url).status == 403
    client.delete_function_url_config(FunctionName="served")
    assert over_http(url).status == 404


@check
def permissions_make_a_policy_with_the_functions_revision():
    versioned("perm")
    added = client.add_permission(FunctionName="perm", StatementId="s3", Action="lambda:InvokeFunction",
                                  Principal="s3.amazonaws.com", SourceArn="arn:aws:s3:::bucket")
    statement = json.loads(added["Statement"])
    assert statement["Condition"] == {"ArnLike": {"AWS:SourceArn": "arn:aws:s3:::bucket"}}, statement
    got = client.get_policy(FunctionName="perm")
    assert json.loads(got["Policy"])["Statement"] == [statement], got
    assert got["RevisionId"] == client.get_function_configuration(FunctionName="perm")["RevisionId"]
    refused("PreconditionFailedException", client.remove_permission,
            FunctionName="perm", StatementId="s3", RevisionId="wrong")
    client.remove_permission(FunctionName="perm", StatementId="s3", RevisionId=got["RevisionId"])
    refused("ResourceNotFoundException", client.get_policy, FunctionName="perm")


@check
def permissions_change_no_running_function():
    before = client.invoke(FunctionName="perm", Qualifier="1", Payload=b"1")
    client.add_permission(FunctionName="perm", Qualifier="1", StatementId="all", Action="*", Principal="*")
    after = client.invoke(FunctionName="perm", Qualifier="1", Payload=b"1")
    assert before["ExecutedVersion"] == after["ExecutedVersion"] == "1" and "FunctionError" not in after


@check
def layer_permissions_make_a_policy():
    client.publish_layer_version(LayerName="shared", Content={"ZipFile": package("x = 1")})
    where = dict(LayerName="shared", VersionNumber=1)
    added = client.add_layer_version_permission(
        StatementId="all", Action="lambda:GetLayerVersion", Principal="*", **where)
    got = client.get_layer_version_policy(**where)
    assert got["RevisionId"] == added["RevisionId"] and "GetLayerVersion" in got["Policy"], got
    client.remove_layer_version_permission(StatementId="all", RevisionId=got["RevisionId"], **where)
    refused("ResourceNotFoundException", client.get_layer_version_policy, **where)


@check
def code_signing_configs_are_attached_and_detached():
    versioned("signed")
    publishers = {"SigningProfileVersionArns": ["arn:aws:signer:us-east-1:000000000000:/signing-profiles/p/1"]}
    arn = client.create_code_signing_config(AllowedPublishers=publishers)["CodeSigningConfig"]["CodeSigningConfigArn"]
    client.put_function_code_signing_config(FunctionName="signed", CodeSigningConfigArn=arn)
    assert client.get_function_code_signing_config(FunctionName="signed")["CodeSigningConfigArn"] == arn
    users = client.list_functions_by_code_signing_config(CodeSigningConfigArn=arn)["FunctionArns"]
    assert users == [ARN + "function:signed"], users
    refused("ResourceConflictException", client.delete_code_signing_config, CodeSigningConfigArn=arn)
    changed = client.update_code_signing_config(
        CodeSigningConfigArn=arn, CodeSigningPolicies={"UntrustedArtifactOnDeployment": "Enforce"})["CodeSigningConfig"]
    assert changed == client.get_code_signing_config(CodeSigningConfigArn=arn)["CodeSigningConfig"]
    assert client.list_code_signing_configs()["CodeSigningConfigs"] == [changed]
    client.delete_function_code_signing_config(FunctionName="signed")
    client.delete_code_signing_config(CodeSigningConfigArn=arn)
    refused("CodeSigningConfigNotFoundException", client.put_function_code_signing_config,
            FunctionName="signed", CodeSigningConfigArn=arn)


@check
def settings_beside_the_configuration_have_defaults_and_are_kept():
    versioned("beside")
    assert client.get_function_recursion_config(FunctionName="beside")["RecursiveLoop"] == "Terminate"
    client.put_function_recursion_config(FunctionName="beside", RecursiveLoop="Allow")
    assert client.get_function_recursion_config(FunctionName="beside")["RecursiveLoop"] == "Allow"
    assert client.get_runtime_management_config(FunctionName="beside")["UpdateRuntimeOn"] == "Auto"
    client.put_runtime_management_config(FunctionName="beside", UpdateRuntimeOn="FunctionUpdate")
    assert client.get_runtime_management_config(FunctionName="beside")["UpdateRuntimeOn"] == "FunctionUpdate"
    bounds = {"MinExecutionEnvironments": 1, "MaxExecutionEnvironments": 3}
    client.put_function_scaling_config(FunctionName="beside", Qualifier="1", FunctionScalingConfig=bounds)
    got = client.get_function_scaling_config(FunctionName="beside", Qualifier="1")
    assert got["AppliedFunctionScalingConfig"] == got["RequestedFunctionScalingConfig"] == bounds, got


@check
def event_source_mappings_have_their_life_cycle():
    versioned("source")
    made = client.create_event_source_mapping(FunctionName="source", EventSourceArn=QUEUE, BatchSize=5)
    uuid = made["UUID"]
    assert made["State"] == "Creating" and recent(made["LastModified"]), made
    assert client.get_event_source_mapping(UUID=uuid)["State"] == "Enabled"
    refused("ResourceConflictException", client.create_event_source_mapping,
            FunctionName="source", EventSourceArn=QUEUE)
    assert client.update_event_source_mapping(UUID=uuid, Enabled=False)["State"] == "Disabling"
    listed = client.list_event_source_mappings(FunctionName="source")["EventSourceMappings"]
    assert [(one["UUID"], one["State"], one["BatchSize"]) for one in listed] == [(uuid, "Disabled", 5)], listed
    stream = client.create_event_source_mapping(
        FunctionName="source:live", EventSourceArn="arn:aws:kinesis:us-east-1:000000000000:stream/s",
        StartingPosition="AT_TIMESTAMP", StartingPositionTimestamp=datetime(2026, 1, 1, tzinfo=timezone.utc))
    assert stream["StartingPositionTimestamp"] == datetime(2026, 1, 1, tzinfo=timezone.utc), stream
    assert client.delete_event_source_mapping(UUID=uuid)["State"] == "Deleting"
    refused("ResourceNotFoundException", client.get_event_source_mapping, UUID=uuid)


@check
def deleted_function_takes_all_but_its_event_sources_along():
    versioned("gone")
    client.create_function_url_config(FunctionName="gone", AuthType="NONE")
    client.put_function_event_invoke_config(FunctionName="gone", MaximumRetryAttempts=0)
    client.add_permission(FunctionName="gone", StatementId="all", Action="*", Principal="*")
    client.put_function_recursion_config(FunctionName="gone", RecursiveLoop="Allow")
    uuid = client.create_event_source_mapping(FunctionName="gone", EventSourceArn=QUEUE)["UUID"]
    client.delete_function(FunctionName="gone")
    versioned("gone")
    refused("ResourceNotFoundException", client.get_function_url_config, FunctionName="gone")
    refused("ResourceNotFoundException", client.get_function_event_invoke_config, FunctionName="gone")
    refused("ResourceNotFoundException", client.get_policy, FunctionName="gone")
    assert client.get_function_recursion_config(FunctionName="gone")["RecursiveLoop"] == "Terminate"
    client.delete_event_source_mapping(UUID=uuid)


@check
def what_hearth_does_not_have_is_refused_by_name():
    raised = refused("NotImplementedException", client.list_capacity_providers)
    assert "capacity providers" in str(raised), raised
    raised = refused("NotImplementedException", client.list_durable_executions_by_function, FunctionName="gone")
    assert "durable executions" in str(raised), raised


@check
def invocation_tells_its_origin_when_asked():
    def headers(asked):
        request = urllib.request.Request(
            endpoint.rstrip("/") + "/2015-03-31/functions/perm/invocations", b"{}", asked, method="POST")
        with urllib.request.urlopen(request) as answer:
            return answer.headers
    assert headers({})["X-Hearth-Timeline"] is None
    told = headers({"X-Hearth-Report": "1"})
    times = dict(one.split("=") for one in told["X-Hearth-Timeline"].split(","))
    assert told["X-Hearth-Origin"] and "handler_start" in times, told.items()
    assert all(int(nanos) > 0 for nanos in times.values()), times


run()
