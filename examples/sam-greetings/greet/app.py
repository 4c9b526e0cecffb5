import os

import greetings


def lambda_handler(event, context):
    name = (event.get("queryStringParameters") or event).get("name", "world")
    return {"greeting": greetings.say(os.environ["LANGUAGE"], name), "stage": os.environ["STAGE"]}
