// Command main is a Lambda function in Go: echoes with its context, streams, fails, panics, exits or sleeps as the event
// says.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

// A reader that fails behind what another gives. AWS's client takes a reader for one where its JSON is empty.
type failing struct{ reader io.Reader }

func (f failing) Read(p []byte) (int, error) {
	n, err := f.reader.Read(p)
	if err == io.EOF {
		err = errors.New("failed midway")
	}
	return n, err
}

func handle(ctx context.Context, event map[string]any) (any, error) {
	call, _ := lambdacontext.FromContext(ctx)
	fmt.Println("go says", event["say"])
	do := event["do"]
	if event["rawPath"] != nil { // a request for its URL
		do = "url"
	}
	switch do {
	case "stream":
		return strings.NewReader("streamed by Go"), nil
	case "fail midway":
		return failing{strings.NewReader("streamed by Go")}, nil
	case "url":
		return &events.LambdaFunctionURLStreamingResponse{
			StatusCode: 202,
			Headers:    map[string]string{"Content-Type": "text/x-go"},
			Cookies:    []string{"a=1", "b=2"},
			Body:       strings.NewReader("streamed by Go"),
		}, nil
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
