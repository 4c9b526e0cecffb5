package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A whole server on a free port: that each request reaches the part that answers it.
@Timeout(180)
class WiringIT {
    @TempDir
    private static Path directory;

    private static Wiring server;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        server = new Wiring(config(directory, 0));
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void healthVersionAndRuntimesAreAnswered() throws Exception {
        assertThat(get("/_hearth/health").statusCode()).isEqualTo(200);
        assertThat(get("/_hearth/version").body()).contains("\"version\"");
        assertThat(get("/_hearth/runtimes").body()).contains("provided.al2023");
        assertThat(get("/_hearth/other").statusCode()).isEqualTo(404);
    }

    @Test
    void twelveDigitsAsAccessKeyNameAnAccountWhereNobodyIsChecked() throws Exception {
        assertThat(logs("111122223333", "CreateLogGroup", "{\"logGroupName\": \"g\"}"))
                .isEqualTo("{}");
        assertThat(logs("111122223333", "DescribeLogGroups", "{}")).contains(":111122223333:log-group:g");
        assertThat(logs("any", "DescribeLogGroups", "{}")).doesNotContain("log-group:g");
        assertThat(directory.resolve("accounts/111122223333/catalog")).isDirectory();
    }

    private static String logs(String accessKey, String operation, String body) throws Exception {
        var request = HttpRequest.newBuilder(uri("/"))
                .header("X-Amz-Target", "Logs_20140328." + operation)
                .header("X-Amz-Date", "20261121T000000Z")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + accessKey
                                + "/20261121/us-east-1/logs/aws4_request, SignedHeaders=host, Signature=00")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void lambdaAndLogsAreTwoServicesOnOnePort() throws Exception {
        assertThat(get("/2015-03-31/functions/").body()).contains("\"Functions\"");
        var logs = HttpRequest.newBuilder(uri("/"))
                .header("X-Amz-Target", "Logs_20140328.DescribeLogGroups")
                .header("Content-Type", "application/x-amz-json-1.1")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(client.send(logs, BodyHandlers.ofString()).body()).contains("logGroups");
    }

    @Test
    void errorsAreCountedByTheirAwsName() throws Exception {
        assertThat(get("/2015-03-31/functions/missing").statusCode()).isEqualTo(404);
        assertThat(get("/metrics").body())
                .contains("hearth_api_errors_total{code=\"ResourceNotFoundException\"}")
                .endsWith("# EOF\n");
    }

    @Test
    void secondServerOnTheSameDataIsRefusedByName() {
        assertThatThrownBy(() -> new Wiring(config(directory, 0)).close()).hasMessageContaining(directory.toString());
    }

    @Test
    void portThatIsTakenIsNamed() {
        Path other = directory.resolve("other");
        assertThatThrownBy(() -> new Wiring(config(other, server.address().getPort())).close())
                .hasMessageContaining("cannot listen on")
                .hasMessageContaining(Integer.toString(server.address().getPort()));
    }

    static ServerConfig config(Path data, int port) throws ConfigException {
        return ConfigFile.read(Optional.empty()).with(Optional.empty(), Optional.of(port), Optional.of(data), false);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }
}
