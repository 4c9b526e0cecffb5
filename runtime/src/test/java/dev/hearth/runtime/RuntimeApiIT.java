package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class RuntimeApiIT {
    private static final String INIT_ERROR = "/2018-06-01/runtime/init/error";

    @Test
    void eventReachesFunctionAndItsAnswerReachesCaller() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            wire.next();
            served.awaitIdle();
            CompletableFuture<Answer> answer = served.invoke("id-1", "{\"a\":1}");
            Wire.Response next = wire.read();
            assertThat(next.status()).isEqualTo(200);
            assertThat(next.body()).isEqualTo("{\"a\":1}");
            assertThat(next.header("Lambda-Runtime-Aws-Request-Id")).isEqualTo("id-1");
            assertThat(next.header("Lambda-Runtime-Deadline-Ms")).isEqualTo("1700000000000");
            assertThat(next.header("Lambda-Runtime-Invoked-Function-Arn"))
                    .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:f");
            assertThat(next.header("Lambda-Runtime-Trace-Id")).isEqualTo("Root=1-2-3");
            assertThat(next.header("Content-Type")).isEqualTo("application/json");
            assertThat(next.headers()).doesNotContainKey("lambda-runtime-client-context");

            Wire.Response accepted = wire.respond("id-1", "42").read();
            assertThat(accepted.status()).isEqualTo(202);
            assertThat(accepted.body()).isEqualTo("{\"status\":\"OK\"}\n");
            assertThat(answer.get()).isEqualTo(response("42"));
        }
    }

    @Test
    void contextHeadersAreSentAndCannotForgeOthers() throws Exception {
        RuntimeEvent event = new RuntimeEvent(
                "id-1",
                1,
                "arn\r\nX-Forged: 1",
                "Root=1\r\nLambda-Runtime-Aws-Request-Id: other",
                Optional.of("{\n\"custom\": {\"k\": \"grün\u0000\"}}"),
                Optional.of("{\"cognitoIdentityId\":\"i\"}"),
                Payload.EMPTY);
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            wire.next();
            CompletableFuture<Answer> answer = served.invoke(event, 60_000);
            Wire.Response next = wire.read();
            assertThat(next.headers()).doesNotContainKey("x-forged");
            assertThat(next.header("Lambda-Runtime-Aws-Request-Id")).isEqualTo("id-1");
            assertThat(next.header("Lambda-Runtime-Trace-Id"))
                    .isEqualTo("Root=1  Lambda-Runtime-Aws-Request-Id: other");
            String context = next.header("Lambda-Runtime-Client-Context");
            assertThat(new String(context.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), UTF_8))
                    .isEqualTo("{ \"custom\": {\"k\": \"grün \"}}");
            assertThat(next.header("Lambda-Runtime-Cognito-Identity")).isEqualTo("{\"cognitoIdentityId\":\"i\"}");
            assertThat(answer).isNotDone();
        }
    }

    @Test
    void eventSentBeforeFunctionAsksWaitsForIt() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            var answer = new CompletableFuture<Answer>();
            Thread caller = Thread.ofPlatform()
                    .daemon()
                    .start(() -> answer.complete(
                            served.api.invoke(ServedApi.event("id-1", "1"), TimeUnit.SECONDS.toNanos(60))));
            while (caller.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait(); // the event is there only when its caller waits
            }
            assertThat(wire.next().read().body()).isEqualTo("1");
            wire.respond("id-1", "2").read();
            assertThat(answer.get()).isEqualTo(response("2"));
            assertThat(served.idles).hasValue(0);
            wire.next();
            served.awaitIdle();
        }
    }

    @Test
    void errorReachesCallerWithItsType() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            wire.next().read();
            wire.post(
                    "/2018-06-01/runtime/invocation/id-1/error",
                    "Lambda-Runtime-Function-Error-Type: Runtime.Oops\r\n",
                    "{\"errorMessage\":\"no\"}");
            assertThat(wire.read().status()).isEqualTo(202);
            assertThat(answer.get())
                    .isEqualTo(
                            new Answer.Error("Runtime.Oops", new Payload("{\"errorMessage\":\"no\"}".getBytes(UTF_8))));
        }
    }

    @Test
    void answerForAnotherRequestIdReachesNobody() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            wire.next().read();
            assertRefused(wire.respond("id-2", "forged").read(), 400, "Invalid request ID", "InvalidRequestID");
            assertThat(answer).isNotDone();
            wire.respond("id-1", "true").read();
            assertThat(answer.get()).isEqualTo(response("true"));
        }
    }

    @Test
    void idIsUnknownBeforeItsEventWasDelivered() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            assertThat(wire.respond("id-1", "guessed").read().status()).isEqualTo(400);
            assertThat(answer).isNotDone();
        }
    }

    @Test
    void secondAnswerIsRefused() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            wire.next().read();
            wire.respond("id-1", "1").read();
            assertThat(answer.get()).isEqualTo(response("1"));
            assertRefused(
                    wire.respond("id-1", "2").read(),
                    403,
                    "State transition from RuntimeResponseSentState to InvocationResponse failed for runtime."
                            + " Error: State transition is not allowed",
                    "InvalidStateTransition");
        }
    }

    @Test
    void answerOverLimitIsNamedByItsSize() throws Exception {
        try (ServedApi served = new ServedApi(new RuntimeApiConfig(100, 1000, 8192, 50, 4));
                Wire wire = served.connect()) {
            CompletableFuture<Answer> atLimit = served.invoke("id-1", "1");
            wire.next().read();
            assertThat(wire.respond("id-1", "x".repeat(100)).read().status()).isEqualTo(202);
            assertThat(atLimit.get()).isEqualTo(response("x".repeat(100)));

            CompletableFuture<Answer> over = served.invoke("id-2", "1");
            wire.next().read();
            Wire.Response refused = wire.respond("id-2", "x".repeat(101)).read();
            assertRefused(refused, 413, "Exceeded maximum allowed payload size (100 bytes).", "RequestEntityTooLarge");
            assertThat(over.get()).isEqualTo(new Answer.TooLarge(101, 100));

            CompletableFuture<Answer> chunked = served.invoke("id-3", "1");
            wire.next().read();
            wire.send("POST /2018-06-01/runtime/invocation/id-3/response HTTP/1.1\r\nHost: a\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n50\r\n" + "y".repeat(80) + "\r\n50\r\n" + "y".repeat(80)
                    + "\r\n0\r\n\r\n");
            assertThat(wire.read().status()).isEqualTo(413);
            assertThat(chunked.get()).isEqualTo(new Answer.TooLarge(160, 100));
        }
    }

    @Test
    void streamedAnswerIsCollectedAndItsErrorTrailerHonoured() throws Exception {
        String head = Wire.head(
                "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1",
                "Host: a", "Lambda-Runtime-Function-Response-Mode: streaming", "Transfer-Encoding: chunked");
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            wire.next().read();
            wire.send(head.formatted("id-1") + "3;ext=1\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n");
            assertThat(wire.read().status()).isEqualTo(202);
            assertThat(answer.get()).isEqualTo(response("abc0123456789"));

            CompletableFuture<Answer> failed = served.invoke("id-2", "1");
            wire.next().read();
            wire.send(head.formatted("id-2") + "1\r\nx\r\n0\r\nLambda-Runtime-Function-Error-Type: Oops\r\n"
                    + "Lambda-Runtime-Function-Error-Body: e30=\r\n\r\n");
            assertThat(wire.read().status()).isEqualTo(202);
            assertThat(failed.get()).isEqualTo(new Answer.Error("Oops", new Payload("{}".getBytes(UTF_8))));
        }
    }

    @Test
    void largePayloadsPassBothWays() throws Exception {
        String large = "0123456789abcdef".repeat(6 * 65536);
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = served.invoke("id-1", large);
            assertThat(wire.next().read().body()).isEqualTo(large);
            wire.respond("id-1", large).read();
            assertThat(answer.get()).isEqualTo(response(large));
            wire.next();
            served.awaitIdle();
            CompletableFuture<Answer> second = served.invoke("id-2", large);
            assertThat(wire.read().body()).isEqualTo(large);
            wire.respond("id-2", "1").read();
            assertThat(second.get()).isEqualTo(response("1"));
        }
    }

    @Test
    void continueIsSentToThoseWhoWaitForIt() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            wire.next().read();
            String head = Wire.head(
                    "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1",
                    "Host: a", "Expect: 100-continue", "Content-Length: 2");
            wire.send(head.formatted("id-1"));
            assertThat(wire.read().status()).isEqualTo(100);
            assertThat(wire.send("{}").read().status()).isEqualTo(202);
            assertThat(answer.get()).isEqualTo(response("{}"));
            assertThat(wire.send(head.formatted("wrong")).read().status()).isEqualTo(400);
            assertThat(wire.atEnd()).isTrue();
        }
    }

    @Test
    void initialisationIsAwaited() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            assertThat(served.api.awaitInitialised(Duration.ofMillis(1))).isEqualTo(new Initialised.TimedOut());
            wire.next();
            assertThat(served.api.awaitInitialised(Duration.ofSeconds(60))).isEqualTo(new Initialised.Ready());
            Wire.Response late = served.connect().post(INIT_ERROR, "", "{}").read();
            assertRefused(
                    late,
                    403,
                    "State transition from Ready to InitError failed for runtime. Error: State transition is not"
                            + " allowed",
                    "InvalidStateTransition");
        }
    }

    @Test
    void failedInitialisationIsTold() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> early = served.invoke("id-1", "1");
            wire.post(INIT_ERROR, "Lambda-Runtime-Function-Error-Type: Runtime.ImportModuleError\r\n", "{}");
            assertThat(wire.read().status()).isEqualTo(202);
            Payload document = new Payload("{}".getBytes(UTF_8));
            assertThat(served.api.awaitInitialised(Duration.ofSeconds(60)))
                    .isEqualTo(new Initialised.Failed("Runtime.ImportModuleError", document));
            assertThat(early.get()).isEqualTo(new Answer.Error("Runtime.ImportModuleError", document));
            assertThat(wire.next().read().status()).isEqualTo(403);
        }
    }

    @Test
    void callerGoesAfterItsTimeAndLateAnswerReachesNobody() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            wire.next();
            served.awaitIdle(); // so that it has the event whenever its caller goes
            CompletableFuture<Answer> answer = served.invoke(ServedApi.event("id-1", "1"), 50);
            wire.read();
            assertThat(answer.get()).isEqualTo(new Answer.TimedOut());
            assertThat(wire.respond("id-1", "late").read().status()).isEqualTo(403);
            CompletableFuture<Answer> second = served.invoke("id-2", "2");
            assertThat(wire.respond("id-1", "late").read().status()).isIn(400, 403);
            wire.next().read();
            wire.respond("id-2", "2").read();
            assertThat(second.get()).isEqualTo(response("2"));
        }
    }

    @Test
    void functionThatDoesNotReadItsEventCannotHoldItsCaller() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            wire.next();
            served.awaitIdle();
            String large = "x".repeat(32 * 1024 * 1024);
            assertThat(served.invoke(ServedApi.event("id-1", large), 100).get(60, TimeUnit.SECONDS))
                    .isEqualTo(new Answer.TimedOut());
        }
    }

    @Test
    void closingWakesEveryWaiter() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            wire.next().read();
            served.api.close();
            assertThat(answer.get()).isEqualTo(new Answer.Disconnected());
            assertThat(served.api.awaitInitialised(Duration.ofSeconds(60))).isEqualTo(new Initialised.Ready());
            assertThat(served.invoke("id-2", "1").get()).isEqualTo(new Answer.Disconnected());
            assertThat(endOf(wire)).isTrue();
        }
        try (ServedApi served = new ServedApi()) {
            CompletableFuture<Initialised> initialised =
                    CompletableFuture.supplyAsync(() -> served.api.awaitInitialised(Duration.ofSeconds(60)));
            served.api.close();
            assertThat(initialised.get(60, TimeUnit.SECONDS)).isEqualTo(new Initialised.Disconnected());
        }
    }

    @Test
    void lostEventIsSentAgainOnAnotherConnection() throws Exception {
        try (ServedApi served = new ServedApi()) {
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            try (Wire lost = served.connect()) {
                lost.next().read();
            }
            try (Wire wire = served.connect()) {
                assertThat(wire.next().read().header("Lambda-Runtime-Aws-Request-Id"))
                        .isEqualTo("id-1");
                wire.respond("id-1", "2").read();
                assertThat(answer.get()).isEqualTo(response("2"));
            }
        }
    }

    @Test
    void connectionThatWasGivenUpGetsNoEvent() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire second = served.connect()) {
            second.next();
            served.awaitIdle();
            Wire first = served.connect().next();
            first.close();
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            // whether the end of `first` was seen before the event came or not, the function gets it when it asks
            Wire third = served.connect();
            Wire.Response next = third.next().read();
            assertThat(next.header("Lambda-Runtime-Aws-Request-Id")).isEqualTo("id-1");
            third.respond("id-1", "3").read();
            assertThat(answer.get()).isEqualTo(response("3"));
            third.close();
        }
    }

    @Test
    void answerThatBreaksOffMayBeSentAgain() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            wire.next().read();
            try (Wire broken = served.connect()) {
                broken.send("POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1\r\nHost: a\r\n"
                        + "Content-Length: 100\r\n\r\nabc");
            }
            Wire.Response response = wire.respond("id-1", "3").read();
            for (long end = System.nanoTime() + 60_000_000_000L;
                    response.status() == 403 && System.nanoTime() < end;
                    response = wire.respond("id-1", "3").read()) {
                assertThat(response.body()).contains("from InvocationResponse to InvocationResponse");
            }
            assertThat(response.status()).isEqualTo(202);
            assertThat(answer.get()).isEqualTo(response("3"));
        }
    }

    @Test
    void unknownPathsAndMethodsAreNamed() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            assertThat(status(wire, "GET /2018-06-01/ping")).isEqualTo(200);
            assertThat(status(wire, "GET /")).isEqualTo(404);
            assertThat(status(wire, "GET /2018-06-01/runtime/invocation//response"))
                    .isEqualTo(405);
            assertThat(status(wire, "POST /2018-06-01/runtime/invocation//response"))
                    .isEqualTo(404);
            assertThat(status(wire, "POST /2018-06-01/runtime/invocation/next")).isEqualTo(405);
            assertThat(status(wire, "DELETE /2018-06-01/runtime/init/error")).isEqualTo(405);
            assertThat(status(wire, "POST /2018-06-01/runtime/invocation/x/response?a=b"))
                    .isEqualTo(400);
            assertThat(status(wire, "GET http://127.0.0.1:9001/2018-06-01/ping"))
                    .isEqualTo(200);
        }
    }

    @Test
    void clientsOfHttp10AreServedOnceAndClosed() throws Exception {
        try (ServedApi served = new ServedApi()) {
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            try (Wire wire = served.connect()) {
                wire.send("GET /2018-06-01/runtime/invocation/next HTTP/1.0\r\n\r\n");
                assertThat(wire.read().body()).isEqualTo("1");
                assertThat(wire.atEnd()).isTrue();
            }
            try (Wire wire = served.connect()) {
                wire.send("POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.0\r\nContent-Length: 1\r\n\r\n7");
                assertThat(wire.read().status()).isEqualTo(202);
                assertThat(wire.atEnd()).isTrue();
            }
            assertThat(answer.get()).isEqualTo(response("7"));
        }
    }

    @Test
    void connectionsBeyondLimitAreClosed() throws Exception {
        try (ServedApi served = new ServedApi(new RuntimeApiConfig(100, 1000, 8192, 50, 2));
                Wire first = served.connect();
                Wire second = served.connect();
                Wire third = served.connect()) {
            assertThat(status(first, "GET /2018-06-01/ping")).isEqualTo(200);
            assertThat(status(second, "GET /2018-06-01/ping")).isEqualTo(200);
            assertThat(endOf(third)).isTrue();
        }
    }

    private static boolean endOf(Wire wire) {
        try {
            return wire.atEnd();
        } catch (IOException e) {
            return true; // a reset ends it as well
        }
    }

    private static int status(Wire wire, String requestLine) throws IOException {
        return wire.send(requestLine + " HTTP/1.1\r\nHost: a\r\n\r\n").read().status();
    }

    private static Answer response(String body) {
        return new Answer.Response(new Payload(body.getBytes(UTF_8)));
    }

    private static void assertRefused(Wire.Response response, int status, String message, String type) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body())
                .isEqualTo("{\"errorMessage\":\"" + message + "\",\"errorType\":\"" + type + "\"}\n");
    }
}
