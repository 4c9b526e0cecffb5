"""STS and IAM through boto3, and temporary credentials at Lambda: a line `ok NAME` or `FAILED NAME: why` for each check.

Usage: identity_checks.py ENDPOINT PYTHON_RUNTIME
"""

import io
import json
import sys
import time
import traceback
import urllib.request
import zipfile

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

endpoint, runtime = sys.argv[1:]
config = Config(retries={"total_max_attempts": 1}, read_timeout=180)
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
    }
)
POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]}
checks = []


def check(function):
    checks.append(function)
    return function


def package(source):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("app.py", source)
    return out.getvalue()


def client(service, key="AKIAFIRST", secret="first/secret+1", token=None):
    session = boto3.Session(
        aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token, region_name="us-east-1"
    )
    return session.client(service, endpoint_url=endpoint, config=config)


def second(service):
    return client(service, "AKIASECOND", "other")


def role(name, **more):
    return client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=TRUST, **more)["Role"]


def assumed(name, **more):
    given = client("sts").assume_role(
        RoleArn=f"arn:aws:iam::000000000000:role/{name}", RoleSessionName="tests", **more
    )["Credentials"]
    return given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"]


def refused(code, call, *args, **named):
    try:
        call(*args, **named)
    except ClientError as e:
        assert e.response["Error"]["Code"] == code, e
        assert e.response["ResponseMetadata"]["RequestId"]
        return e.response
    raise AssertionError("was not refused")


@check
def caller_identity_is_of_the_keys_account():
    assert client("sts").get_caller_identity()["Account"] == "000000000000"
    identity = second("sts").get_caller_identity()
    assert identity["Account"] == "222222222222" and identity["Arn"] == "arn:aws:iam::222222222222:root", identity


@check
def assumed_credentials_work_at_lambda():
    role("caller")
    credentials = assumed("caller")
    identity = client("sts", *credentials).get_caller_identity()
    assert identity["Arn"] == "arn:aws:sts::000000000000:assumed-role/caller/tests", identity
    functions = client("lambda", *credentials)
    functions.create_function(
        FunctionName="assumed",
        Runtime=runtime,
        Handler="app.handler",
        Role="arn:aws:iam::000000000000:role/caller",
        Code={"ZipFile": package("def handler(event, context):\n    return event\n")},
    )
    functions.get_waiter("function_active_v2").wait(
        FunctionName="assumed", WaiterConfig={"Delay": 0.05, "MaxAttempts": 2400}
    )
    answer = functions.invoke(FunctionName="assumed", Payload=b'{"a": 1}')
    assert json.load(answer["Payload"]) == {"a": 1}
    assert client("logs", *credentials).describe_log_groups()["logGroups"] is not None


def deploy(functions, name, source, **more):
    made = functions.create_function(
        FunctionName=name,
        Runtime=runtime,
        Handler="app.handler",
        Role="arn:aws:iam::000000000000:role/any",
        Code={"ZipFile": package(source)},
        **more,
    )
    functions.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 0.05, "MaxAttempts": 600})
    return made["FunctionArn"]


def signed_get(path, key, secret):
    request = AWSRequest("GET", endpoint + path)
    SigV4Auth(Credentials(key, secret), "lambda", "us-east-1").add_auth(request)
    with urllib.request.urlopen(urllib.request.Request(request.url, headers=dict(request.headers))) as answer:
        return json.load(answer)


@check
def functions_of_one_account_are_out_of_reach_for_the_other():
    mine, other = client("lambda"), second("lambda")
    source = "def handler(event, context):\n    print('ran')\n    return '%s ' + context.invoked_function_arn\n"
    first_arn = deploy(mine, "twin", source % "first")
    second_arn = deploy(other, "twin", source % "second")
    assert first_arn == "arn:aws:lambda:us-east-1:000000000000:function:twin", first_arn
    assert second_arn == "arn:aws:lambda:us-east-1:222222222222:function:twin", second_arn
    for functions, arn, word in ((mine, first_arn, "first"), (other, second_arn, "second")):
        for name in ("twin", arn):
            answer = json.load(functions.invoke(FunctionName=name)["Payload"])
            assert answer == f"{word} {arn}", answer
    refused("AccessDeniedException", mine.invoke, FunctionName=second_arn)
    refused("AccessDeniedException", other.get_function, FunctionName=first_arn)
    assert [f["FunctionArn"] for f in other.list_functions()["Functions"]] == [second_arn]
    assert other.get_account_settings()["AccountUsage"]["FunctionCount"] == 1
    layer = other.publish_layer_version(LayerName="shared", Content={"ZipFile": package("")})
    assert ":222222222222:" in layer["LayerVersionArn"] and mine.list_layers()["Layers"] == []
    other.put_function_concurrency(FunctionName="twin", ReservedConcurrentExecutions=0)
    refused("TooManyRequestsException", other.invoke, FunctionName="twin")
    assert json.load(mine.invoke(FunctionName="twin")["Payload"]) == f"first {first_arn}"
    other.delete_function(FunctionName="twin")
    refused("ResourceNotFoundException", other.invoke, FunctionName="twin")
    assert json.load(mine.invoke(FunctionName="twin")["Payload"]) == f"first {first_arn}"


@check
def logs_urls_and_events_are_of_their_account():
    other = second("lambda")
    arn = deploy(other, "own", "def handler(event, context):\n    print('mine')\n    return 1 / event.get('by', 1)\n")
    url = other.create_function_url_config(FunctionName="own", AuthType="NONE")["FunctionUrl"]
    identifier = url.split("//")[1].split(".")[0]
    with urllib.request.urlopen(f"{endpoint}/_hearth/url/{identifier}/") as answer:
        assert answer.read() == b"1.0"
    deadline = time.monotonic() + 60
    while not any(e["message"].strip() == "mine" for e in log_events("own")):
        assert time.monotonic() < deadline, "the line does not come"
        time.sleep(0.1)
    groups = client("logs").describe_log_groups(logGroupNamePrefix="/aws/lambda/own")["logGroups"]
    assert groups == [], groups
    other.put_function_event_invoke_config(FunctionName="own", MaximumRetryAttempts=0)
    other.invoke(FunctionName="own", InvocationType="Event", Payload=b'{"by": 0}')
    while not (kept := signed_get("/_hearth/async/events?state=dead", "AKIASECOND", "other")["events"]):
        assert time.monotonic() < deadline, "the event does not fail"
        time.sleep(0.1)
    assert [event["function"] for event in kept] == ["own"]
    assert signed_get("/_hearth/async/events", "AKIAFIRST", "first/secret+1")["total"] == 0
    assert arn.split(":")[4] == "222222222222"


def log_events(name):
    try:
        return second("logs").filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
    except ClientError:
        return []


@check
def function_url_tells_who_signed():
    functions = client("lambda")
    functions.create_function(
        FunctionName="url",
        Runtime=runtime,
        Handler="app.handler",
        Role="arn:aws:iam::000000000000:role/any",
        Code={"ZipFile": package("def handler(event, context):\n    return event['requestContext']['authorizer']['iam']\n")},
    )
    functions.get_waiter("function_active_v2").wait(FunctionName="url", WaiterConfig={"Delay": 0.05, "MaxAttempts": 2400})
    url = functions.create_function_url_config(FunctionName="url", AuthType="AWS_IAM")["FunctionUrl"]
    identifier = url.split("//")[1].split(".")[0]
    role("visitor")
    credentials = Credentials(*assumed("visitor"))
    request = AWSRequest("GET", f"{endpoint}/_hearth/url/{identifier}/")
    SigV4Auth(credentials, "lambda", "us-east-1").add_auth(request)
    with urllib.request.urlopen(urllib.request.Request(request.url, headers=dict(request.headers))) as answer:
        caller = json.load(answer)
    assert caller["accessKey"] == credentials.access_key and caller["accountId"] == "000000000000", caller
    assert caller["userArn"] == "arn:aws:sts::000000000000:assumed-role/visitor/tests", caller


@check
def session_token_works_at_lambda():
    given = client("sts").get_session_token(DurationSeconds=900)["Credentials"]
    keys = given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"]
    client("lambda", *keys).list_functions()
    refused("AccessDenied", client("sts", *keys).get_session_token)


@check
def wrong_credentials_are_refused():
    role("wrong")
    key, secret, token = assumed("wrong")
    other = assumed("wrong")
    refused("UnrecognizedClientException", client("lambda", key, secret).list_functions)
    refused("UnrecognizedClientException", client("lambda", key, secret, other[2]).list_functions)
    refused("UnrecognizedClientException", client("lambda", key, secret, token[:-8] + "AAAAAAA=").list_functions)
    refused("InvalidSignatureException", client("lambda", key, other[1], token).list_functions)
    refused("InvalidClientTokenId", client("sts", key, secret).get_caller_identity)
    refused("SignatureDoesNotMatch", client("iam", "AKIAFIRST", "wrong").list_roles)
    refused("InvalidClientTokenId", client("iam", "AKIANONE", "wrong").list_roles)


@check
def life_of_a_role():
    iam = client("iam")
    made = role("life", Path="/made/", Description="a role", Tags=[{"Key": "a", "Value": "1"}])
    assert made["Arn"] == "arn:aws:iam::000000000000:role/made/life", made
    got = iam.get_role(RoleName="life")["Role"]
    assert got["AssumeRolePolicyDocument"] == json.loads(TRUST), got
    assert got["MaxSessionDuration"] == 3600 and got["Tags"] == [{"Key": "a", "Value": "1"}], got
    iam.put_role_policy(RoleName="life", PolicyName="logs", PolicyDocument=json.dumps(POLICY))
    assert iam.get_role_policy(RoleName="life", PolicyName="logs")["PolicyDocument"] == POLICY
    basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
    iam.attach_role_policy(RoleName="life", PolicyArn=basic)
    attached = iam.list_attached_role_policies(RoleName="life")["AttachedPolicies"]
    assert attached == [{"PolicyName": "AWSLambdaBasicExecutionRole", "PolicyArn": basic}], attached
    refused("DeleteConflict", iam.delete_role, RoleName="life")
    iam.detach_role_policy(RoleName="life", PolicyArn=basic)
    iam.delete_role_policy(RoleName="life", PolicyName="logs")
    assert iam.list_instance_profiles_for_role(RoleName="life")["InstanceProfiles"] == []
    iam.delete_role(RoleName="life")
    refused("NoSuchEntity", iam.get_role, RoleName="life")


@check
def life_of_a_policy():
    iam = client("iam")
    arn = iam.create_policy(PolicyName="p", PolicyDocument=json.dumps(POLICY))["Policy"]["Arn"]
    assert arn == "arn:aws:iam::000000000000:policy/p"
    version = iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]
    assert version["Document"] == POLICY and version["IsDefaultVersion"], version
    refused("EntityAlreadyExists", iam.create_policy, PolicyName="p", PolicyDocument=json.dumps(POLICY))
    assert arn in [policy["Arn"] for policy in iam.list_policies(Scope="Local")["Policies"]]
    iam.delete_policy(PolicyArn=arn)
    refused("NoSuchEntity", iam.get_policy, PolicyArn=arn)


@check
def paginator_and_waiter():
    iam = client("iam")
    for i in range(5):
        role(f"paged{i}", Path="/paged/")
    iam.get_waiter("role_exists").wait(RoleName="paged4", WaiterConfig={"Delay": 1, "MaxAttempts": 2})
    pages = list(iam.get_paginator("list_roles").paginate(PathPrefix="/paged/", PaginationConfig={"PageSize": 2}))
    assert [len(page["Roles"]) for page in pages] == [2, 2, 1]


@check
def accounts_have_their_own_roles():
    role("mine")
    refused("NoSuchEntity", second("iam").get_role, RoleName="mine")
    theirs = second("iam").create_role(RoleName="mine", AssumeRolePolicyDocument=TRUST)["Role"]
    assert theirs["Arn"] == "arn:aws:iam::222222222222:role/mine"


@check
def what_is_not_there_is_named():
    response = refused("NotImplemented", client("iam").create_user, UserName="u")
    assert "CreateUser" in response["Error"]["Message"]
    refused("NotImplemented", client("sts").get_federation_token, Name="someone")


for function in checks:
    try:
        function()
        print("ok", function.__name__)
    except Exception:
        why = traceback.format_exc().strip().replace("\n", " | ")
        print(f"FAILED {function.__name__}: {why}")
