package dev.hearth.conformance;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/// What functions wrote, through the AWS SDK for Java 2.
record FunctionLog(CloudWatchLogsClient sdk) implements AutoCloseable {

    static FunctionLog at(URI endpoint) {
        return new FunctionLog(CloudWatchLogsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build());
    }

    /// Lines of a function that begin with a word, in the order in which they came in; without that word.
    List<String> lines(String function, String word) {
        try {
            return sdk.filterLogEventsPaginator(r -> r.logGroupName("/aws/lambda/" + function)).events().stream()
                    .map(FilteredLogEvent::message)
                    .map(String::strip)
                    .filter(line -> line.startsWith(word + " "))
                    .map(line -> line.substring(word.length() + 1))
                    .toList();
        } catch (ResourceNotFoundException hasNotLogged) {
            return List.of();
        }
    }

    @Override
    public void close() {
        sdk.close();
    }
}
