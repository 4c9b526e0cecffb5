package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The route that arranges origins, of a whole server.
@Timeout(180)
class ArrangementsIT {
    @TempDir
    private static Path directory;

    private static Wiring server;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        server = new Wiring(config(Optional.empty(), directory.resolve("open")));
        client = HttpClient.newHttpClient();
        createFunction();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void originThatTheNextInvocationWillHaveIsAnswered() throws Exception {
        HttpResponse<String> answer = arrange("echo", "origin=boot&Qualifier=%24LATEST");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"function\":\"echo\"")
                .contains("\"version\":\"$LATEST\"")
                .containsPattern("\"origin\":\"(warm|thaw|pagein|fork|stem|restore|boot)\"");
    }

    @Test
    void functionOrVersionThatIsNotThereIsNamed() throws Exception {
        assertThat(arrange("other", "origin=boot"))
                .returns(404, HttpResponse::statusCode)
                .satisfies(answer -> assertThat(answer.body()).contains("no function 'other'"));
        assertThat(arrange("echo", "origin=boot&Qualifier=live"))
                .returns(404, HttpResponse::statusCode)
                .satisfies(answer -> assertThat(answer.body()).contains("'live'"));
    }

    @Test
    void unknownOriginIsRefusedWithThoseThereAre() throws Exception {
        assertThat(arrange("echo", "origin=ice"))
                .returns(400, HttpResponse::statusCode)
                .satisfies(answer ->
                        assertThat(answer.body()).contains("no origin 'ice'").contains("thaw, pagein, fork"));
    }

    @Test
    void arrangingIsAPostBelowAFunction() throws Exception {
        var get = HttpRequest.newBuilder(uri(server, "/_hearth/functions/echo/arrange?origin=boot"))
                .build();
        assertThat(client.send(get, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
        var other = HttpRequest.newBuilder(uri(server, "/_hearth/functions/echo/rearrange"))
                .build();
        assertThat(client.send(other, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }

    @Test
    void whereAccessKeysAreConfiguredTheRequestMustBeSigned() throws Exception {
        Path file = Files.writeString(directory.resolve("hearth.yaml"), """
                accessKeys:
                  - id: AKID
                    secret: a-secret-that-nobody-guesses
                """);
        try (var closed = new Wiring(config(Optional.of(file), directory.resolve("closed")))) {
            var unsigned = HttpRequest.newBuilder(uri(closed, "/_hearth/functions/echo/arrange?origin=boot"))
                    .POST(BodyPublishers.noBody())
                    .build();
            assertThat(client.send(unsigned, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
            var health = HttpRequest.newBuilder(uri(closed, "/_hearth/health")).build();
            assertThat(client.send(health, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    private static void createFunction() throws Exception {
        String code = Base64.getEncoder().encodeToString(zip("bootstrap", "#!/bin/sh\nexit 1\n"));
        var create = HttpRequest.newBuilder(uri(server, "/2015-03-31/functions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("""
                        {"FunctionName": "echo", "Runtime": "provided.al2023", "Handler": "any",
                         "Role": "arn:aws:iam::000000000000:role/hearth", "Code": {"ZipFile": "%s"}}""".formatted(code)))
                .build();
        HttpResponse<String> created = client.send(create, BodyHandlers.ofString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        var state = HttpRequest.newBuilder(uri(server, "/2015-03-31/functions/echo/configuration"))
                .build();
        while (client.send(state, BodyHandlers.ofString()).body().contains("\"Pending\"")) {
            Thread.onSpinWait();
        }
    }

    private static byte[] zip(String name, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static ServerConfig config(Optional<Path> file, Path data) throws ConfigException {
        return ConfigFile.read(file).with(Optional.empty(), Optional.of(0), Optional.of(data), false);
    }

    private static HttpResponse<String> arrange(String function, String query) throws Exception {
        var request = HttpRequest.newBuilder(uri(server, "/_hearth/functions/" + function + "/arrange?" + query))
                .POST(BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static URI uri(Wiring server, String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }
}
