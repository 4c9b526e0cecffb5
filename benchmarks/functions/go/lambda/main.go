// Command lambda is the handler as a Lambda function: the `bootstrap` of a `provided.al2023` zip.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"hearth.dev/benchmarks/functions/hello"
)

func main() {
	lambda.Start(hello.Handle)
}
