package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.Payload;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Hooks as a function sees them on the wire.
@Timeout(120)
final class HooksIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static CompletableFuture<Answer> run(ServedApi served, Hook hook, Duration limit) {
        return CompletableFuture.supplyAsync(() -> served.api.runHooks(hook, limit));
    }

    /// A function with hooks that waits for its first event.
    private static Wire ready(ServedApi served) throws IOException, InterruptedException {
        Wire wire = served.connect();
        wire.next("Hearth-Hooks: 1\r\n");
        served.awaitIdle();
        return wire;
    }

    @Test
    void hooksRunBetweenTwoRequestsForEvents() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = ready(served)) {
            assertThat(served.api.hasHooks()).isTrue();
            CompletableFuture<Answer> ran = run(served, Hook.BEFORE_PARK, LONG);
            Wire.Response asked = wire.read();
            assertThat(asked.status()).isEqualTo(200);
            assertThat(asked.header("Hearth-Hook")).isEqualTo("before-park");
            assertThat(asked.body()).isEmpty();
            wire.respond(asked.header("Lambda-Runtime-Aws-Request-Id"), "").read();
            wire.next();
            assertThat(ran.get()).isEqualTo(new Answer.Response(Payload.EMPTY));

            CompletableFuture<Answer> again = run(served, Hook.AFTER_UNPARK, LONG);
            assertThat(wire.read().header("Hearth-Hook")).isEqualTo("after-unpark");
            wire.respond("after-unpark", "").read();
            wire.next();
            assertThat(again.get()).isEqualTo(new Answer.Response(Payload.EMPTY));

            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            Wire.Response event = wire.read();
            assertThat(event.headers()).doesNotContainKey("hearth-hook");
            wire.respond("id-1", "2").read();
            assertThat(answer.get()).isEqualTo(new Answer.Response(new Payload("2".getBytes(UTF_8))));
        }
    }

    /// Its owner would hand it to another caller.
    @Test
    void endOfHooksIsNotTheIdlenessOthersWaitFor() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = ready(served)) {
            CompletableFuture<Answer> ran = run(served, Hook.BEFORE_PARK, LONG);
            wire.read();
            wire.respond("before-park", "").read();
            wire.next();
            assertThat(ran.get()).isInstanceOf(Answer.Response.class);
            assertThat(served.idles).hasValue(1);
        }
    }

    @Test
    void hooksAreOverWhenTheFunctionAsksAgain() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = ready(served)) {
            CompletableFuture<Answer> ran = run(served, Hook.BEFORE_PARK, Duration.ofMillis(300));
            wire.read();
            wire.respond("before-park", "").read();
            assertThat(ran.get()).isEqualTo(new Answer.TimedOut());
        }
    }

    @Test
    void functionWithoutHooksNeverSeesOne() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            wire.next();
            served.awaitIdle();
            assertThat(served.api.hasHooks()).isFalse();
            assertThat(served.api.runHooks(Hook.BEFORE_PARK, LONG)).isEqualTo(new Answer.Response(Payload.EMPTY));
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            assertThat(wire.read().header("Lambda-Runtime-Aws-Request-Id")).isEqualTo("id-1");
            assertThat(answer).isNotDone();
        }
    }

    @Test
    void errorOfHooksReachesWhoHadThemRun() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = ready(served)) {
            CompletableFuture<Answer> ran = run(served, Hook.BEFORE_PARK, LONG);
            wire.read();
            wire.post(
                            "/2018-06-01/runtime/invocation/before-park/error",
                            "Lambda-Runtime-Function-Error-Type: Runtime.BeforeSnapshotError\r\n",
                            "{}")
                    .read();
            assertThat(ran.get())
                    .isEqualTo(new Answer.Error("Runtime.BeforeSnapshotError", new Payload("{}".getBytes(UTF_8))));
        }
    }

    @Test
    void hooksThatHangTimeOut() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = ready(served)) {
            assertThat(served.api.runHooks(Hook.AFTER_UNPARK, Duration.ofMillis(50)))
                    .isEqualTo(new Answer.TimedOut());
            assertThat(wire.read().header("Hearth-Hook")).isEqualTo("after-unpark");
        }
    }

    @Test
    void endOfTheSandboxEndsHooks() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = ready(served)) {
            CompletableFuture<Answer> ran = run(served, Hook.BEFORE_PARK, LONG);
            wire.read();
            wire.respond("before-park", "").read();
            served.api.close();
            assertThat(ran.get()).isEqualTo(new Answer.Disconnected());
        }
    }

    @Test
    void hooksMayBeRegisteredLater() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            wire.next();
            served.awaitIdle();
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            wire.read();
            wire.respond("id-1", "2").read();
            assertThat(answer.get()).isInstanceOf(Answer.Response.class);
            assertThat(served.api.hasHooks()).isFalse();
            wire.next("Hearth-Hooks: 1\r\n");
            served.awaitIdle();
            assertThat(served.api.hasHooks()).isTrue();
        }
    }
}
