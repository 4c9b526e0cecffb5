// Command go-trivial greets. It sleeps as long as the event says, so that the replay of a trace can use it too.
package main

import (
	"context"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

type event struct {
	Name        string  `json:"name"`
	SleepMillis float64 `json:"sleepMillis"`
}

type answer struct {
	Message string `json:"message"`
	From    string `json:"from"`
}

func main() {
	lambda.Start(func(_ context.Context, e event) (answer, error) {
		time.Sleep(time.Duration(e.SleepMillis * float64(time.Millisecond)))
		return answer{Message: "Hello " + e.Name, From: "nothing"}, nil
	})
}
