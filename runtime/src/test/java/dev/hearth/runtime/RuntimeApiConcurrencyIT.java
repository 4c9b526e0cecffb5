package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class RuntimeApiConcurrencyIT {
    private static final int INVOCATIONS = 1_500;

    /// A function that asks on one connection and answers on any, while others forge, break off and send garbage.
    @Test
    void everyCallerGetsItsOwnAnswerWhateverElseIsSent() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger forged = new AtomicInteger();
        try (ServedApi served = new ServedApi();
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> threads = new ArrayList<>();
            threads.add(CompletableFuture.runAsync(() -> function(served, done), executor));
            assertThat(served.api.invoke(ServedApi.event("first", "0"), TimeUnit.SECONDS.toNanos(60)))
                    .isInstanceOf(Answer.Response.class);
            for (int seed = 0; seed < 3; seed++) {
                Random random = new Random(seed);
                threads.add(CompletableFuture.runAsync(() -> attacker(served, random, done, forged), executor));
            }
            for (int i = 0; i < INVOCATIONS || forged.get() == 0; i++) {
                Answer answer =
                        served.api.invoke(ServedApi.event("id-" + i, "\"" + i + "\""), TimeUnit.SECONDS.toNanos(60));
                assertThat(answer).as("invocation " + i).isEqualTo(new Answer.Response(payload("got \"" + i + "\"")));
            }
            done.set(true);
            served.api.close();
            for (CompletableFuture<Void> thread : threads) {
                thread.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(forged).as("forged answers that were refused").hasPositiveValue();
    }

    private static void function(ServedApi served, AtomicBoolean done) {
        Random random = new Random(42);
        try (Wire asks = served.connect();
                Wire answers = served.connect()) {
            while (!done.get()) {
                Wire.Response next = asks.next().read();
                String id = next.header("Lambda-Runtime-Aws-Request-Id");
                Wire wire = random.nextBoolean() ? asks : answers;
                assertThat(wire.respond(id, "got " + next.body()).read().status())
                        .isEqualTo(202);
            }
        } catch (IOException e) {
            assertThat(done).as("the function's connection ended: " + e).isTrue();
        }
    }

    private static void attacker(ServedApi served, Random random, AtomicBoolean done, AtomicInteger forged) {
        while (!done.get()) {
            try (Wire wire = served.connect()) {
                switch (random.nextInt(4)) {
                    case 0 -> {
                        assertThat(wire.respond("other-" + random.nextInt(9), "forged")
                                        .read()
                                        .status())
                                .isEqualTo(400);
                        forged.incrementAndGet();
                    }
                    case 1 -> wire.send("POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1\r\nHost: a\r\nCon");
                    case 2 -> wire.send("\0\1\2\r\n\r\n");
                    default ->
                        assertThat(wire.post("/2018-06-01/runtime/init/error", "", "{}")
                                        .read()
                                        .status())
                                .isEqualTo(403);
                }
            } catch (IOException e) {
                // the API closes what it refuses, and everything at the end
            }
        }
    }

    /// Time-outs, answers and the end race; whatever comes first, the caller is told once and nobody hangs.
    @Test
    void closingAndTimingOutRaceWithAnswers() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (ServedApi served = new ServedApi();
                    Wire wire = served.connect()) {
                CompletableFuture<Answer> answer = served.invoke(ServedApi.event("id", "1"), i % 2 == 0 ? 1 : 60_000);
                CompletableFuture<Void> function = CompletableFuture.runAsync(() -> {
                    try {
                        wire.next().read();
                        wire.respond("id", "2").read();
                    } catch (IOException e) {
                        // closed in the middle
                    }
                });
                if (i % 3 == 0) {
                    served.api.close();
                }
                assertThat(answer.get(60, TimeUnit.SECONDS))
                        .isIn(new Answer.Response(payload("2")), new Answer.TimedOut(), new Answer.Disconnected());
                served.api.close();
                function.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static Payload payload(String text) {
        return new Payload(text.getBytes(UTF_8));
    }
}
