package bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Answers with the event's id, by way of AWS's SDK v2: makes a client as functions do, and reads one item over HTTP.
public final class Handler implements RequestHandler<Map<String, Object>, String> {
    private final DynamoDbClient client;

    public Handler() throws IOException {
        client = DynamoDbClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create("http://127.0.0.1:" + Table.serve()))
                .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
        AttributeValue id = AttributeValue.fromS(String.valueOf(event.get("id")));
        return client.getItem(request -> request.tableName("table").key(Map.of("id", id)))
                .item()
                .get("id")
                .s();
    }
}
