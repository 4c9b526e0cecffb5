package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsIT {
    private FakeHearth hearth;
    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        hearth = new FakeHearth();
        shell = new Shell(hearth.endpoint());
    }

    @AfterEach
    void stop() {
        hearth.close();
    }

    @Test
    void listAlignsItsColumns() {
        hearth.has("orders", "python3.13", "app.handler");
        hearth.has("a-longer-name", "java25", "com.example.Orders::handleRequest");

        assertThat(shell.run("list").out()).isEqualTo("""
                        NAME           RUNTIME     HANDLER                            MEMORY  TIMEOUT  CODE    MODIFIED
                        orders         python3.13  app.handler                        128 MB  3 s      1.2 KB  2026-01-31 12:34
                        a-longer-name  java25      com.example.Orders::handleRequest  128 MB  3 s      1.2 KB  2026-01-31 12:34
                        """);
    }

    @Test
    void listAsJsonIsAnArrayOfConfigurations() {
        hearth.has("orders", "python3.13", "app.handler");

        Json listed = Json.parse(shell.run("list", "--json").out());

        assertThat(listed.items()).hasSize(1);
        assertThat(listed.items().getFirst().textOrEmpty("FunctionName")).isEqualTo("orders");
    }

    @Test
    void invokePrintsTheAnswerAndNothingElseToStandardOutput() {
        hearth.has("orders", "python3.13", "app.handler");

        Shell.Ran ran = shell.run("invoke", "orders", "--payload", "{\"id\":7}");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).isEqualTo("{\"ok\":true}\n");
        assertThat(ran.err()).isEmpty();
        assertThat(hearth.lastEvent).isEqualTo("{\"id\":7}");
    }

    @Test
    void invokeReadsTheEventFromAFileOrFromStandardInput(@TempDir Path directory) throws IOException {
        hearth.has("orders", "python3.13", "app.handler");
        String json = "{\"text\": \"two words\",\n \"more\": [1, 2]}\n";
        Path event = Files.writeString(directory.resolve("event.json"), json);
        shell.run("invoke", "orders", "--payload", "@" + event);
        assertThat(hearth.lastEvent).isEqualTo(json);

        shell.in = "[2]";
        shell.run("invoke", "orders", "--payload", "-");
        assertThat(hearth.lastEvent).isEqualTo("[2]");
    }

    @Test
    void functionErrorIsExitCodeOneWithTheErrorOnStandardOutput() {
        hearth.has("orders", "python3.13", "app.handler");
        hearth.answerToInvoke = Response.of(
                        200, "application/json", "{\"errorType\":\"KeyError\"}".getBytes(StandardCharsets.UTF_8))
                .with("X-Amz-Function-Error", "Unhandled");

        Shell.Ran ran = shell.run("invoke", "orders");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("KeyError");
        assertThat(ran.err()).contains("Unhandled").contains("hearth logs orders");
    }

    @Test
    void invokeWithStreamPrintsTheAnswerWhileItComes() {
        hearth.has("orders", "nodejs24.x", "app.handler");
        String[] printed = new String[1];
        hearth.answerToStream = new Response(
                200, List.of(new Response.Field("X-Amz-Executed-Version", "7")), new Response.Body.Stream(out -> {
                    byte[] two = "zwö".getBytes(StandardCharsets.UTF_8);
                    out.write(Messages.of("PayloadChunk", "one ".getBytes(StandardCharsets.UTF_8)));
                    out.flush();
                    printed[0] = shell.awaitOut("one ");
                    out.write(Messages.of("PayloadChunk", Arrays.copyOf(two, 3)));
                    out.write(Messages.of("PayloadChunk", Arrays.copyOfRange(two, 3, two.length)));
                    out.write(Messages.of("InvokeComplete", "{}".getBytes(StandardCharsets.UTF_8)));
                }));

        Shell.Ran ran = shell.run("invoke", "orders", "--stream", "--payload", "{\"id\":7}");

        assertThat(ran.exitCode()).isZero();
        assertThat(printed[0]).isEqualTo("one ");
        assertThat(ran.out()).isEqualTo("one zwö\n");
        assertThat(ran.err()).isEmpty();
        assertThat(hearth.lastEvent).isEqualTo("{\"id\":7}");
    }

    @Test
    void streamThatFailsMidwayIsAFunctionError() {
        hearth.has("orders", "nodejs24.x", "app.handler");
        String end = "{\"ErrorCode\":\"Boom\",\"ErrorDetails\":\"why\",\"LogResult\":\"YSBsaW5l\"}";
        hearth.answerToStream = streamed(
                Messages.of("PayloadChunk", "one".getBytes(StandardCharsets.UTF_8)),
                Messages.of("InvokeComplete", end.getBytes(StandardCharsets.UTF_8)));

        Shell.Ran ran = shell.run("invoke", "orders", "--stream", "--log");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.FUNCTION_ERROR.number());
        assertThat(ran.out()).isEqualTo("one\n");
        assertThat(ran.err()).isEqualTo("a line\n'orders' failed (Boom): why Its log: hearth logs orders\n");
    }

    @Test
    void streamThatIsCutOffOrBrokenIsTheServersFault() {
        hearth.has("orders", "nodejs24.x", "app.handler");
        byte[] message = Messages.of("PayloadChunk", "one".getBytes(StandardCharsets.UTF_8));
        byte[] wrong = message.clone();
        wrong[wrong.length - 6] ^= 1;
        // Headers so long that they and what is around them come to less than the whole, which is less than nothing.
        byte[] negative = {-0x80, 0, 0, 20, 0x7f, -1, -1, -0x10, 0, 0, 0, 0};
        for (byte[] body : List.of(message, Arrays.copyOf(message, 20), wrong, new byte[12], negative)) {
            hearth.answerToStream = streamed(body);
            assertThat(shell.run("invoke", "orders", "--stream").exitCode()).isEqualTo(ExitCode.SERVER_FAULT.number());
        }
        assertThat(shell.run("invoke", "nobody", "--stream").exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(shell.run("invoke", "orders", "--stream", "--json").exitCode())
                .isEqualTo(ExitCode.USAGE.number());
    }

    private static Response streamed(byte[]... messages) {
        return new Response(200, List.of(), new Response.Body.Stream(out -> {
            for (byte[] message : messages) {
                out.write(message);
            }
        }));
    }

    @Test
    void invokeWithLogPrintsTheTailToStandardError() {
        hearth.has("orders", "python3.13", "app.handler");
        String log = Base64.getEncoder().encodeToString("START\nEND\n".getBytes(StandardCharsets.UTF_8));
        hearth.answerToInvoke = hearth.answerToInvoke.with("X-Amz-Log-Result", log);

        Shell.Ran ran = shell.run("invoke", "orders", "--log");

        assertThat(ran.err()).isEqualTo("START\nEND\n");
        assertThat(ran.out()).isEqualTo("{\"ok\":true}\n");
    }

    @Test
    void unknownFunctionNamesTheOneThatWasMeant() {
        hearth.has("orders", "python3.13", "app.handler");

        Shell.Ran ran = shell.run("invoke", "ordres");

        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.err()).isEqualTo("hearth: There is no function 'ordres'. Did you mean 'orders'?\n");
        assertThat(shell.run("delete", "ordres").err()).contains("Did you mean 'orders'?");
        assertThat(shell.run("logs", "ordres").err()).contains("Did you mean 'orders'?");
    }

    @Test
    void errorAsJsonIsOneObject() {
        Shell.Ran ran = shell.run("invoke", "ordres", "--json");

        assertThat(Json.parse(ran.err()).textOrEmpty("error")).startsWith("There is no function 'ordres'.");
    }

    @Test
    void deleteRemovesTheFunctions() {
        hearth.has("a", "python3.13", "app.handler");
        hearth.has("b", "python3.13", "app.handler");

        assertThat(shell.run("delete", "a", "b").out()).isEqualTo("a deleted\nb deleted\n");
        assertThat(hearth.functions).isEmpty();
    }

    @Test
    void logsPrintsEventsSinceATime() {
        hearth.has("orders", "python3.13", "app.handler");
        long now = System.currentTimeMillis();
        hearth.logEvents.add(Map.of("eventId", "1", "timestamp", now - 7_200_000, "message", "old\n"));
        hearth.logEvents.add(Map.of("eventId", "2", "timestamp", now, "message", "new\n"));

        assertThat(shell.run("logs", "orders", "--since", "1h").out())
                .contains("new")
                .doesNotContain("old");
        assertThat(shell.run("logs", "orders").out()).contains("old").contains("new");
        assertThat(shell.run("logs", "orders", "--since", "yesterday").exitCode())
                .isEqualTo(2);
    }

    @Test
    void unreachableServerIsExitCodeFourAndNamesTheRemedy() throws IOException {
        // Bound, so that nobody else takes the port, but not listening.
        try (var silent = new Socket()) {
            silent.bind(new InetSocketAddress("127.0.0.1", 0));
            String address = "127.0.0.1:" + silent.getLocalPort();

            Shell.Ran ran = shell.run("list", "--endpoint", address);

            assertThat(ran.exitCode()).isEqualTo(4);
            assertThat(ran.err())
                    .startsWith("hearth: Cannot reach Hearth at http://" + address)
                    .contains("start it with `hearth up`");
        }
    }

    @Test
    void unknownCommandIsExitCodeTwoAndNamesTheOneThatWasMeant() {
        Shell.Ran ran = shell.run("deplyo", "x");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("Did you mean 'hearth deploy'?");
    }

    @Test
    void signedRequestsCarryASignature() {
        shell.environment.put("AWS_ACCESS_KEY_ID", "ID");
        shell.environment.put("AWS_SECRET_ACCESS_KEY", "secret");

        shell.run("list", "--sign", "--region", "eu-west-1");

        assertThat(hearth.authorizations)
                .singleElement()
                .satisfies(headers -> assertThat(headers.get("Authorization"))
                        .startsWith("AWS4-HMAC-SHA256 Credential=ID/")
                        .contains("/eu-west-1/lambda/aws4_request"));
    }

    @Test
    void escapeSequencesOnlyWhereAPersonReads() {
        hearth.has("orders", "python3.13", "app.handler");
        assertThat(shell.run("list").out()).doesNotContain("\u001b");

        shell.coloured = true;
        assertThat(shell.run("list").out()).contains("\u001b[1m");
    }
}
