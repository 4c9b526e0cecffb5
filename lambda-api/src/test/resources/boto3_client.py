"""Uses the Lambda API through boto3 as a user would; fails with what was different."""
import base64
import io
import json
import sys
import urllib.request
import zipfile

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

client = boto3.client("lambda", config=Config(retries={"total_max_attempts": 1}))
ROLE = "arn:aws:iam::000000000000:role/r"


def package(text):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("index.py", text)
    return out.getvalue()


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
        return error
    raise AssertionError("not refused: %s" % arguments)


zip_one = package("one")
created = client.create_function(
    FunctionName="resize", Runtime="python3.13", Role=ROLE, Handler="index.handler",
    Code={"ZipFile": zip_one}, Environment={"Variables": {"KEY": "ä"}}, Tags={"team": "x"}, Timeout=5)
assert created["State"] == "Pending", created
client.get_waiter("function_active_v2").wait(FunctionName="resize")
arn = created["FunctionArn"]
found = client.get_function(FunctionName=arn)
assert found["Tags"] == {"team": "x"} and found["Configuration"]["CodeSize"] == len(zip_one), found
assert urllib.request.urlopen(found["Code"]["Location"]).read() == zip_one

answer = client.invoke(FunctionName=arn, Payload=json.dumps({"ä": [1]}), LogType="Tail",
                       ClientContext=base64.b64encode(b'{"custom": {}}').decode())
assert answer["StatusCode"] == 200 and json.load(answer["Payload"]) == {"ä": [1]}, answer
assert base64.b64decode(answer["LogResult"]) == b"START\nEND\n" and answer["ExecutedVersion"] == "$LATEST", answer
assert client.invoke(FunctionName="resize", InvocationType="DryRun")["StatusCode"] == 204

client.update_function_code(FunctionName="resize", ZipFile=package("two"))
client.get_waiter("function_updated_v2").wait(FunctionName="resize")
client.update_function_configuration(FunctionName="resize", MemorySize=256)
client.get_waiter("function_updated_v2").wait(FunctionName="resize")
assert client.publish_version(FunctionName="resize", Description="d")["Version"] == "1"
client.get_waiter("published_version_active").wait(FunctionName="resize", Qualifier="1")
client.create_alias(FunctionName="resize", Name="live", FunctionVersion="1")
assert client.invoke(FunctionName="resize", Qualifier="live")["ExecutedVersion"] == "1"
client.update_alias(FunctionName="resize", Name="live", FunctionVersion="$LATEST")
assert [a["Name"] for a in client.list_aliases(FunctionName="resize")["Aliases"]] == ["live"]

layer = client.publish_layer_version(LayerName="utils", Content={"ZipFile": package("l")}, CompatibleRuntimes=["python3.13"])
assert client.get_layer_version_by_arn(Arn=layer["LayerVersionArn"])["Version"] == 1
assert client.list_layers(CompatibleRuntime="python3.13")["Layers"][0]["LayerName"] == "utils"
client.delete_layer_version(LayerName="utils", VersionNumber=1)

client.tag_resource(Resource=arn, Tags={"b c": "d/e"})
client.untag_resource(Resource=arn, TagKeys=["team"])
assert client.list_tags(Resource=arn)["Tags"] == {"b c": "d/e"}
client.put_function_concurrency(FunctionName="resize", ReservedConcurrentExecutions=3)
assert client.get_function_concurrency(FunctionName="resize")["ReservedConcurrentExecutions"] == 3
client.delete_function_concurrency(FunctionName="resize")
assert client.get_account_settings()["AccountUsage"]["FunctionCount"] == 1

for number in range(60):
    client.create_function(FunctionName="many-%02d" % number, Runtime="python3.13", Role=ROLE, Handler="h.h",
                           Code={"ZipFile": zip_one})
names = [f["FunctionName"] for page in client.get_paginator("list_functions").paginate() for f in page["Functions"]]
assert len(names) == 61 and names == sorted(names), names

missing = refused("ResourceNotFoundException", client.get_function, FunctionName="none")
assert isinstance(missing, client.exceptions.ResourceNotFoundException)
refused("ResourceConflictException", client.create_function, FunctionName="resize", Runtime="python3.13", Role=ROLE,
        Handler="h.h", Code={"ZipFile": zip_one})
refused("PreconditionFailedException", client.update_function_code, FunctionName="resize", ZipFile=zip_one, RevisionId="x")
refused("InvalidRequestContentException", client.invoke, FunctionName="resize", Payload=b"{")
refused("RequestEntityTooLargeException", client.invoke, FunctionName="resize", Payload=b'"' + b"x" * 6291456 + b'"')
refused("NotImplementedException", client.list_capacity_providers)
client.delete_function(FunctionName="resize", Qualifier="1")
client.delete_function(FunctionName="resize")
refused("ResourceNotFoundException", client.invoke, FunctionName="resize")

if len(sys.argv) > 1:
    stranger = boto3.client("lambda", aws_access_key_id="AKIDSTRANGER", aws_secret_access_key="x")
    refused("UnrecognizedClientException", stranger.list_functions)
    liar = boto3.client("lambda", aws_secret_access_key="x", aws_access_key_id=sys.argv[1])
    refused("InvalidSignatureException", liar.list_functions)
    url = client.generate_presigned_url("list_functions", Params={"MaxItems": 1}, ExpiresIn=60)
    assert len(json.load(urllib.request.urlopen(url))["Functions"]) == 1
print("all as expected")
