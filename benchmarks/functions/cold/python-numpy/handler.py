import numpy

numbers = numpy.arange(101)


def handle(event, context):
    return {"message": "Hello " + event["name"], "from": str(numbers.sum())}
