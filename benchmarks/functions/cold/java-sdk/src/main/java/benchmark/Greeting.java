package benchmark;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Greets, and has a client of DynamoDB. */
public class Greeting implements RequestHandler<Map<String, String>, Map<String, String>> {
    private final DynamoDbClient client = DynamoDbClient.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
            .build();

    @Override
    public Map<String, String> handleRequest(Map<String, String> event, Context context) {
        return Map.of("message", "Hello " + event.get("name"), "from", client.serviceName());
    }
}
