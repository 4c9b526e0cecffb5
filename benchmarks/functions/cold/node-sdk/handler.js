const { DynamoDBClient } = require("@aws-sdk/client-dynamodb");

const client = new DynamoDBClient({
  region: "us-east-1",
  credentials: { accessKeyId: "none", secretAccessKey: "none" },
});

exports.handle = async (event) => ({ message: "Hello " + event.name, from: client.config.serviceId });
