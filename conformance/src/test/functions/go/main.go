// Command main is a Lambda function in Go: echoes with its context, fails, panics, exits or sleeps as the event says.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

func handle(ctx context.Context, event map[string]any) (map[string]any, error) {
	call, _ := lambdacontext.FromContext(ctx)
	fmt.Println("go says", event["say"])
	switch event["do"] {
	case "fail":
		return nil, errors.New("asked to fail")
	case "panic":
		panic("asked to panic")
	case "exit":
		os.Exit(3)
	case "sleep":
		time.Sleep(time.Minute)
	}
	deadline, _ := ctx.Deadline()
	return map[string]any{
		"language":  "go",
		"echo":      event,
		"requestId": call.AwsRequestID,
		"arn":       call.InvokedFunctionArn,
		"version":   lambdacontext.FunctionVersion,
		"memory":    lambdacontext.MemoryLimitInMB,
		"left":      time.Until(deadline).Milliseconds(),
	}, nil
}

func main() { lambda.Start(handle) }
