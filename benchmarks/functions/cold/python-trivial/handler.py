# Sleeps as long as the event says, so that the replay of a trace can use it too.
import time


def handle(event, context):
    time.sleep(event.get("sleepMillis", 0) / 1000)
    return {"message": "Hello " + event["name"], "from": "nothing"}
