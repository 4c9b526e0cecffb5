// Command go-sdk greets, and has a client of DynamoDB.
package main

import (
	"context"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

type event struct {
	Name string `json:"name"`
}

type answer struct {
	Message string `json:"message"`
	From    string `json:"from"`
}

func main() {
	settings, err := config.LoadDefaultConfig(context.Background(),
		config.WithRegion("us-east-1"),
		config.WithCredentialsProvider(credentials.NewStaticCredentialsProvider("none", "none", "")))
	if err != nil {
		os.Stderr.WriteString(err.Error())
		os.Exit(1)
	}
	client := dynamodb.NewFromConfig(settings)
	lambda.Start(func(_ context.Context, e event) (answer, error) {
		from := dynamodb.ServiceID
		if client.Options().Region != "us-east-1" {
			from = "nowhere"
		}
		return answer{Message: "Hello " + e.Name, From: from}, nil
	})
}
