import boto3

client = boto3.client("dynamodb", region_name="us-east-1", aws_access_key_id="none", aws_secret_access_key="none")


def handle(event, context):
    return {"message": "Hello " + event["name"], "from": client.meta.service_model.service_name}
