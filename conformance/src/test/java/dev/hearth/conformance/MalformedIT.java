package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/// What no client would send: refused with 4xx and a reason, or the connection is closed; never a 5xx, never a leak.
@ExtendWith(SharedServer.class)
class MalformedIT {
    private static final String CREATE = "POST /2015-03-31/functions HTTP/1.1\r\nHost: x\r\n";
    private static final String INVOKE = "/2015-03-31/functions/nowhere/invocations";

    private final HearthServer server;
    private final Lambda lambda;

    MalformedIT(HearthServer server, Lambda lambda) {
        this.server = server;
        this.lambda = lambda;
    }

    @TestFactory
    Stream<DynamicTest> refusedWithAReason() {
        Map<String, String> cases = new LinkedHashMap<>();
        cases.put("no HTTP at all", "hello there\r\n\r\n");
        cases.put("bytes that are no text", "\u0000\u0001\u0002\u00ff\r\n\r\n");
        cases.put("request line of one word", "GET\r\n\r\n");
        cases.put("method that does not exist", "BREW /2015-03-31/functions HTTP/1.1\r\nHost: x\r\n\r\n");
        cases.put("HTTP version that does not exist", "GET / HTTP/9.9\r\nHost: x\r\n\r\n");
        cases.put("path without slash", "GET functions HTTP/1.1\r\nHost: x\r\n\r\n");
        cases.put("path with a broken escape", "GET /2015-03-31/functions/%zz HTTP/1.1\r\nHost: x\r\n\r\n");
        cases.put("path with an escape cut off", "GET /2015-03-31/functions/%4 HTTP/1.1\r\nHost: x\r\n\r\n");
        cases.put("path that climbs", "GET /2015-03-31/functions/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n");
        cases.put("path with encoded null", "GET /2015-03-31/functions/a%00b HTTP/1.1\r\nHost: x\r\n\r\n");
        cases.put("unknown path", "GET /nothing/here HTTP/1.1\r\nHost: x\r\n\r\n");
        cases.put("path of a hundred kilobytes", "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        cases.put("header without colon", "GET / HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n");
        cases.put("header name with a space", "GET / HTTP/1.1\r\nHost: x\r\nbad name: y\r\n\r\n");
        cases.put("header of a megabyte", "GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + "a".repeat(1 << 20) + "\r\n\r\n");
        cases.put("ten thousand headers", "GET / HTTP/1.1\r\nHost: x\r\n" + "a: b\r\n".repeat(10_000) + "\r\n");
        cases.put("length that is no number", CREATE + "Content-Length: many\r\n\r\n");
        cases.put("length below zero", CREATE + "Content-Length: -1\r\n\r\n");
        cases.put("length past all limits", CREATE + "Content-Length: 99999999999999999999\r\n\r\n");
        cases.put("length of a terabyte", CREATE + "Content-Length: 1099511627776\r\n\r\n");
        cases.put("two lengths that differ", CREATE + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x");
        cases.put("length and chunks", CREATE + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        cases.put("chunk size that is no number", CREATE + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
        cases.put("transfer encoding unheard of", CREATE + "Transfer-Encoding: shrink\r\n\r\n{}");
        cases.put("no body", CREATE + "Content-Length: 0\r\n\r\n");
        json(cases, "not JSON", "{");
        json(cases, "JSON that is no object", "[1]");
        json(cases, "null", "null");
        json(cases, "nested too deep", "{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}");
        json(cases, "number of ten thousand digits", "{\"Timeout\":" + "9".repeat(10_000) + "}");
        json(cases, "wrong types", "{\"FunctionName\":1,\"Timeout\":\"x\",\"Code\":[]}");
        json(cases, "name of ten thousand letters", "{\"FunctionName\":\"" + "n".repeat(10_000) + "\"}");
        json(cases, "zip that is no Base64", function("\"ZipFile\":\"***\""));
        json(cases, "zip that is no zip", function("\"ZipFile\":\"aGVsbG8=\""));
        json(cases, "zip that is empty", function("\"ZipFile\":\"\""));
        json(cases, "text that is no UTF-8", "{\"FunctionName\":\"\u00ff\u00fe\"}");
        cases.put("invoke of nothing", "POST " + INVOKE + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
        cases.put(
                "client context that is no Base64",
                "POST " + INVOKE + " HTTP/1.1\r\nHost: x\r\nX-Amz-Client-Context: ***\r\nContent-Length: 2\r\n\r\n{}");
        cases.put(
                "invocation type unheard of",
                "POST " + INVOKE
                        + " HTTP/1.1\r\nHost: x\r\nX-Amz-Invocation-Type: Soon\r\nContent-Length: 2\r\n\r\n{}");
        cases.put("marker unheard of", "GET /2015-03-31/functions?Marker=%20nope HTTP/1.1\r\nHost: x\r\n\r\n");
        cases.put("page of no size", "GET /2015-03-31/functions?MaxItems=x HTTP/1.1\r\nHost: x\r\n\r\n");
        cases.put("page below one", "GET /2015-03-31/functions?MaxItems=0 HTTP/1.1\r\nHost: x\r\n\r\n");
        return cases.entrySet().stream().map(c -> dynamicTest(c.getKey(), () -> assertRefused(c.getValue())));
    }

    private static void json(Map<String, String> cases, String name, String body) {
        cases.put(
                name,
                CREATE + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static String function(String code) {
        return "{\"FunctionName\":\"malformed\",\"Runtime\":\"provided.al2023\",\"Handler\":\"x\",\"Role\":\""
                + Lambda.ROLE + "\",\"Code\":{" + code + "}}";
    }

    private void assertRefused(String request) throws IOException {
        String answer = exchange(request.getBytes(StandardCharsets.ISO_8859_1));
        if (!answer.isEmpty()) {
            assertThat(answer).matches("(?s)HTTP/1\\.1 4\\d\\d .*");
            assertThat(answer.length()).as("a reason").isGreaterThan(answer.indexOf("\r\n\r\n") + 4);
            assertThat(answer).doesNotContain("java.").doesNotContain("\tat ").doesNotContain("Exception:");
        }
        assertThat(server.isAlive()).isTrue();
        assertStillAnswers();
    }

    /// @return the answer; empty when the server closed the connection without one
    private String exchange(byte[] request) throws IOException {
        try (Socket socket = server.connect()) {
            try {
                socket.getOutputStream().write(request);
            } catch (IOException refusedEarly) {
                // The server may answer and close before it has read everything: the answer counts.
            }
            return firstAnswer(socket.getInputStream());
        } catch (java.net.SocketException reset) {
            return "";
        }
    }

    private static String firstAnswer(InputStream in) throws IOException {
        var text = new StringBuilder();
        byte[] buffer = new byte[16 * 1024];
        try {
            for (int count; (count = in.read(buffer)) > 0; ) {
                text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                int head = text.indexOf("\r\n\r\n");
                if (head >= 0 && text.length() >= head + 4 + bodyLength(text.substring(0, head))) {
                    break;
                }
            }
        } catch (java.net.SocketException reset) {
            return text.toString();
        }
        return text.toString();
    }

    private static int bodyLength(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                .map(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).trim()))
                .findFirst()
                .orElse(0);
    }

    private void assertStillAnswers() throws IOException {
        assertThat(exchange("GET /2016-08-19/account-settings/ HTTP/1.1\r\nHost: x\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII)))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void bodyPastTheLimitIsRefusedBeforeItIsRead() throws Exception {
        String head = CREATE + "Content-Type: application/json\r\nContent-Length: " + (200L << 20) + "\r\n\r\n";
        assertThat(exchange(head.getBytes(StandardCharsets.US_ASCII))).startsWith("HTTP/1.1 413");
        assertStillAnswers();
    }

    @Test
    void endlessChunksAreRefusedAtTheLimit() throws Exception {
        try (Socket socket = server.connect()) {
            var out = socket.getOutputStream();
            out.write(("POST " + INVOKE + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            long sent = 0;
            try {
                while (socket.getInputStream().available() == 0 && sent < 1L << 30) {
                    out.write(chunk);
                    sent += chunk.length;
                }
            } catch (IOException closed) {
                // As it should be.
            }
            assertThat(sent).isLessThan(100L << 20);
        }
        assertStillAnswers();
    }

    @Test
    void connectionsThatEndHalfwayLeaveNothingBehind() throws Exception {
        String name = lambda.deploy("provided.al2023", "x", Code.of("bootstrap", Shell.loop("answer \"$event\"")));
        lambda.sdk().putFunctionConcurrency(r -> r.functionName(name).reservedConcurrentExecutions(1));
        lambda.call(name, "1");
        long before = openFiles();
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Socket socket = server.connect();
            socket.getOutputStream()
                    .write(("POST /2015-03-31/functions/" + name
                                    + "/invocations HTTP/1.1\r\nHost: x\r\nContent-Length: 1"
                                    + (i % 2 == 0 ? "00\r\n\r\nhalf" : "\r\n\r\n7"))
                            .getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }
        for (Socket socket : sockets) {
            socket.close();
        }
        Deadline.await("connections are given up", java.time.Duration.ofMinutes(2), () -> openFiles() <= before + 20);
        // The complete ones run to their end, one after the other: the reservation allows no more.
        Deadline.await("the last abandoned invocation ends", java.time.Duration.ofMinutes(2), () -> isFree(name));
    }

    /// Answered as ever. Some of the abandoned ones may still be on their way, so that another call may find none.
    private boolean isFree(String name) {
        try {
            return lambda.call(name, "1").payload().equals("1");
        } catch (TooManyRequestsException e) {
            return false;
        }
    }

    private long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + server.pid() + "/fd"))) {
            return files.count();
        }
    }
}
