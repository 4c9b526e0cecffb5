package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.Payload;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Streamed answers, byte by byte from the function's side.
@Timeout(120)
final class StreamingIT {
    private static final RuntimeApiConfig SMALL = new RuntimeApiConfig(100, 1000, 8192, 50, 4);
    private static final Answer STREAMED = new Answer.Response(Payload.EMPTY);

    private static RuntimeEvent event(Collected sink) {
        return new RuntimeEvent(
                "id-1", 1, "arn", "", Optional.empty(), Optional.empty(), new Payload(new byte[] {'1'}), sink);
    }

    private static Wire begin(Wire wire, String more) throws IOException {
        return wire.send(Wire.head(
                "POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1",
                "Host: a",
                "Content-Type: text/plain",
                "Lambda-Runtime-Function-Response-Mode: streaming",
                more));
    }

    private static Wire begin(Wire wire) throws IOException {
        return begin(wire, "Transfer-Encoding: chunked");
    }

    private static CompletableFuture<Answer> invoke(ServedApi served, Wire wire, Collected sink) throws Exception {
        wire.next();
        CompletableFuture<Answer> answer = served.invoke(event(sink), 60_000);
        assertThat(wire.read().status()).isEqualTo(200);
        return answer;
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    @Test
    void callerHasEachPartBeforeTheNextIsWritten() throws Exception {
        Collected sink = new Collected();
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = invoke(served, wire, sink);
            begin(wire);
            sink.awaitBegin();
            assertThat(sink.contentType()).isEqualTo("text/plain");
            wire.send(chunk("one"));
            sink.awaitText("one");
            wire.send("8\r\ntwo");
            sink.awaitText("onetwo");
            assertThat(answer).isNotDone();
            wire.send("three\r\n0\r\n\r\n");
            assertThat(answer.get()).isEqualTo(STREAMED);
            assertThat(sink.text()).isEqualTo("onetwothree");
            assertThat(wire.read().status()).isEqualTo(202);
        }
    }

    @Test
    void sameConnectionServesTheNextEvent() throws Exception {
        Collected sink = new Collected();
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = invoke(served, wire, sink);
            begin(wire).send(chunk("one") + "0\r\n\r\n").next();
            assertThat(answer.get()).isEqualTo(STREAMED);
            assertThat(wire.read().status()).isEqualTo(202);
            CompletableFuture<Answer> second = served.invoke("id-2", "2");
            assertThat(wire.read().body()).isEqualTo("2");
            wire.respond("id-2", "whole");
            assertThat(second.get()).isEqualTo(new Answer.Response(new Payload("whole".getBytes(UTF_8))));
        }
    }

    @Test
    void streamWithALengthEndsWithIt() throws Exception {
        Collected sink = new Collected();
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = invoke(served, wire, sink);
            begin(wire, "Content-Length: 6").send("one");
            sink.awaitText("one");
            wire.send("two");
            assertThat(answer.get()).isEqualTo(STREAMED);
            assertThat(sink.text()).isEqualTo("onetwo");
        }
    }

    @Test
    void chunksOfJsonAreAnAnswerInOnePiece() throws Exception {
        Collected sink = new Collected();
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = invoke(served, wire, sink);
            wire.send(Wire.head(
                            "POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1",
                            "Host: a",
                            "Content-Type: application/json",
                            "Transfer-Encoding: chunked"))
                    .send(chunk("{") + chunk("}") + "0\r\n\r\n");
            assertThat(answer.get()).isEqualTo(new Answer.Response(new Payload("{}".getBytes(UTF_8))));
            assertThat(sink.begun()).isFalse();
        }
    }

    @Test
    void chunksOfAnythingElseAreAStreamAsGoSendsIt() throws Exception {
        Collected sink = new Collected();
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = invoke(served, wire, sink);
            wire.send(Wire.head(
                            "POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1",
                            "Host: a",
                            "Content-Type: application/octet-stream",
                            "Transfer-Encoding: chunked"))
                    .send(chunk("one"));
            sink.awaitText("one");
            wire.send("0\r\n\r\n");
            assertThat(answer.get()).isEqualTo(STREAMED);
        }
    }

    @Test
    void callerWhoWantsTheAnswerWholeGetsItWhole() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            wire.next();
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            assertThat(wire.read().status()).isEqualTo(200);
            begin(wire).send(chunk("one") + chunk("two") + "0\r\n\r\n");
            assertThat(answer.get()).isEqualTo(new Answer.Response(new Payload("onetwo".getBytes(UTF_8))));
        }
    }

    @Test
    void trailersTellOfAFailureMidway() throws Exception {
        Collected sink = new Collected();
        String document = "{\"errorType\":\"Boom\"}";
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = invoke(served, wire, sink);
            String base64 = Base64.getEncoder().encodeToString(document.getBytes(UTF_8));
            begin(wire)
                    .send(chunk("one"))
                    .send(Wire.head(
                            "0",
                            "Lambda-Runtime-Function-Error-Type: Boom",
                            "Lambda-Runtime-Function-Error-Body: " + base64));
            assertThat(answer.get()).isEqualTo(new Answer.Error("Boom", new Payload(document.getBytes(UTF_8))));
            assertThat(sink.text()).isEqualTo("one");
            assertThat(wire.read().status()).isEqualTo(202);
        }
    }

    @Test
    void trailersThatAreWrongStillTellTheType() throws Exception {
        Collected sink = new Collected();
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = invoke(served, wire, sink);
            begin(wire)
                    .send(Wire.head(
                            "0",
                            "X-Other: 1",
                            "Lambda-Runtime-Function-Error-Type: Boom",
                            "Lambda-Runtime-Function-Error-Body: not base64!"));
            assertThat(answer.get()).isEqualTo(new Answer.Error("Boom", Payload.EMPTY));
        }
    }

    @Test
    void asMuchAsTheLimitIsPassedOn() throws Exception {
        Collected sink = new Collected();
        try (ServedApi served = new ServedApi(SMALL);
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = invoke(served, wire, sink);
            begin(wire).send(chunk("x".repeat(600)) + chunk("y".repeat(400)) + "0\r\n\r\n");
            assertThat(answer.get()).isEqualTo(STREAMED);
            assertThat(sink.writtenBytes()).isEqualTo(1000);
        }
    }

    @Test
    void oneByteMoreThanTheLimitEndsTheInvocationAtOnce() throws Exception {
        Collected sink = new Collected();
        try (ServedApi served = new ServedApi(SMALL);
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = invoke(served, wire, sink);
            begin(wire).send(chunk("x".repeat(1000)) + "1\r\n");
            assertThat(answer.get()).isEqualTo(new Answer.TooLarge(1001, 1000));
            assertThat(sink.writtenBytes()).isEqualTo(1000);
            wire.send("y\r\n" + chunk("more") + "0\r\n\r\n");
            assertThat(wire.read().status()).isEqualTo(413);
            wire.next();
            CompletableFuture<Answer> second = served.invoke("id-2", "2");
            assertThat(wire.read().body()).isEqualTo("2");
            wire.respond("id-2", "3");
            assertThat(second.get()).isInstanceOf(Answer.Response.class);
        }
    }

    @Test
    void brokenChunksEndTheAnswerWhenTheFunctionAsksAgain() throws Exception {
        Collected sink = new Collected();
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect();
                Wire other = served.connect()) {
            CompletableFuture<Answer> answer = invoke(served, wire, sink);
            begin(wire).send(chunk("one") + "no number\r\n");
            assertThat(wire.read().status()).isEqualTo(400);
            assertThat(wire.atEnd()).isTrue();
            assertThat(answer).isNotDone();
            other.next();
            assertThat(answer.get())
                    .isInstanceOfSatisfying(
                            Answer.Error.class,
                            error -> assertThat(error.errorType()).isEqualTo("Runtime.TruncatedResponse"));
            CompletableFuture<Answer> second = served.invoke("id-2", "2");
            assertThat(other.read().body()).isEqualTo("2");
            other.respond("id-2", "3");
            assertThat(second.get()).isInstanceOf(Answer.Response.class);
        }
    }

    @Test
    void functionMayExplainWhyItBrokeOffButNotAnswerAnew() throws Exception {
        Collected sink = new Collected();
        try (ServedApi served = new ServedApi();
                Wire other = served.connect()) {
            CompletableFuture<Answer> answer;
            try (Wire wire = served.connect()) {
                answer = invoke(served, wire, sink);
                begin(wire).send(chunk("one"));
                sink.awaitText("one");
            }
            // Until the end of the first connection is seen, its answer is still being sent.
            Wire.Response again = other.respond("id-1", "again").read();
            assertThat(again.status()).isEqualTo(403);
            Wire.Response explained;
            do {
                explained = other.post(
                                "/2018-06-01/runtime/invocation/id-1/error",
                                "Lambda-Runtime-Function-Error-Type: Late\r\n",
                                "{}")
                        .read();
            } while (explained.status() == 403);
            assertThat(explained.status()).isEqualTo(202);
            assertThat(answer.get()).isEqualTo(new Answer.Error("Late", new Payload("{}".getBytes(UTF_8))));
        }
    }

    @Test
    void endOfTheSandboxInMidstreamIsTold() throws Exception {
        Collected sink = new Collected();
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = invoke(served, wire, sink);
            begin(wire).send(chunk("one"));
            sink.awaitText("one");
            served.api.close();
            assertThat(answer.get()).isEqualTo(new Answer.Disconnected());
        }
    }

    @Test
    void streamThatNeverEndsTimesOut() throws Exception {
        Collected sink = new Collected();
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            wire.next();
            served.awaitIdle(); // so that it has the event whenever its time is over
            CompletableFuture<Answer> answer = served.invoke(event(sink), 500);
            wire.read();
            begin(wire).send(chunk("one"));
            assertThat(answer.get()).isEqualTo(new Answer.TimedOut());
        }
    }

    @Test
    void callerWhoReadsNothingHoldsTheFunctionBack() throws Exception {
        Collected sink = new Collected(1);
        int pieces = 4096;
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = invoke(served, wire, sink);
            begin(wire);
            Thread function = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < pieces; i++) {
                        wire.send(chunk("x".repeat(16 * 1024)));
                    }
                    wire.send("0\r\n\r\n");
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            sink.awaitBegin();
            // 64 MB are more than any socket takes: as long as nothing is read the function cannot have ended.
            assertThat(function.join(java.time.Duration.ofMillis(200))).isFalse();
            assertThat(sink.writtenBytes()).isLessThan(1024 * 1024);
            sink.takeAll();
            assertThat(answer.get()).isEqualTo(STREAMED);
            assertThat(sink.writtenBytes()).isEqualTo(pieces * 16L * 1024);
            function.join();
        }
    }
}
