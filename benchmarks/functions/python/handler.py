# The Go handler's twin, for platforms that run interpreted handlers by another way.
def handle(event, context):
    return {"message": "Hello " + event["name"]}
