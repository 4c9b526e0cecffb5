package dev.hearth.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SubscriberTest {
    /// Long enough that no test comes to its end.
    private static final int NEVER_MILLIS = 30_000;

    private final FakeDelivery delivery = new FakeDelivery();
    private final List<Subscriber> open = new ArrayList<>();

    /// Takes what it is sent, where the test lets it.
    private static final class FakeDelivery implements Delivery {
        final BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
        final Semaphore begun = new Semaphore(0);
        final Semaphore permits = new Semaphore(0);
        final AtomicInteger failures = new AtomicInteger();
        volatile boolean held;

        @Override
        public void send(List<byte[]> events) throws IOException {
            begun.release();
            if (held) {
                permits.acquireUninterruptibly();
            }
            if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new IOException("not now");
            }
            batches.add(events.stream().map(bytes -> new String(bytes, UTF_8)).toList());
        }

        @Override
        public void close() {
            permits.release(1_000);
        }

        List<String> next() throws InterruptedException {
            return Objects.requireNonNull(batches.poll(30, TimeUnit.SECONDS), "no batch within 30 s");
        }
    }

    @AfterEach
    void close() {
        open.forEach(Subscriber::close);
    }

    @Test
    void eventsAreDeliveredTogetherWhenTheirTimeHasCome() throws Exception {
        Subscriber subscriber = subscriber(25, TelemetryType.FUNCTION);
        say(subscriber, "one");
        say(subscriber, "two");
        List<String> got = new ArrayList<>(delivery.next());
        while (got.size() < 2) { // on a slow machine the second came after the first one's time
            got.addAll(delivery.next());
        }
        assertThat(got.get(0)).contains("\"one\"");
        assertThat(got.get(1)).contains("\"two\"");
    }

    @Test
    void onlyWhatWasSubscribedToIsDelivered() throws Exception {
        Subscriber subscriber = subscriber(NEVER_MILLIS, TelemetryType.FUNCTION);
        subscriber.offer(new TelemetryEvent.Line(TelemetryType.EXTENSION, "no"), 0);
        subscriber.offer(new TelemetryEvent.End("no"), 0);
        say(subscriber, "yes");
        subscriber.hurry();
        assertThat(delivery.next()).singleElement().asString().contains("\"yes\"");
    }

    @Test
    void hurriedEventsDoNotWaitForTheirTime() throws Exception {
        Subscriber subscriber = subscriber(NEVER_MILLIS, TelemetryType.FUNCTION);
        say(subscriber, "now");
        subscriber.hurry();
        assertThat(subscriber.awaitDelivered(inSeconds(30))).isTrue();
        assertThat(delivery.next()).hasSize(1);
    }

    @Test
    void eventsAreDueAtOnceOnceTheEndHasBegun() throws Exception {
        Subscriber subscriber = subscriber(NEVER_MILLIS, TelemetryType.FUNCTION);
        subscriber.beginEnd();
        say(subscriber, "last");
        assertThat(delivery.next()).hasSize(1);
    }

    @Test
    void failedDeliveryIsTriedAgain() throws Exception {
        delivery.failures.set(3);
        Subscriber subscriber = subscriber(25, TelemetryType.FUNCTION);
        say(subscriber, "again");
        assertThat(delivery.next()).singleElement().asString().contains("\"again\"");
    }

    @Test
    void nothingIsDeliveredWhileTheListenerStandsStill() throws Exception {
        Subscriber subscriber = subscriber(25, TelemetryType.FUNCTION);
        subscriber.stand(true);
        say(subscriber, "later");
        subscriber.hurry();
        assertThat(subscriber.awaitDelivered(System.nanoTime() + 100_000_000)).isFalse();
        assertThat(delivery.begun.availablePermits()).isZero();
        subscriber.stand(false);
        assertThat(delivery.next()).singleElement().asString().contains("\"later\"");
    }

    @Test
    void slowListenerHoldsNobodyUpAndIsToldWhatItMissed() throws Exception {
        delivery.held = true;
        Subscriber subscriber = subscriber(25, TelemetryType.FUNCTION, TelemetryType.PLATFORM);
        say(subscriber, "first");
        delivery.begun.acquire();
        for (int i = 0; i < 2_500; i++) {
            say(subscriber, "line " + i);
        }
        delivery.held = false;
        delivery.permits.release();
        assertThat(delivery.next()).hasSize(1);
        List<String> rest = delivery.next();
        assertThat(rest).hasSize(2_001);
        assertThat(rest.getFirst()).contains("\"line 0\"");
        assertThat(rest.getLast()).contains("\"platform.logsDropped\"", "\"droppedRecords\":500");
    }

    @Test
    void batchThatIsNeverTakenIsGivenUp() throws Exception {
        delivery.failures.set(10);
        Subscriber subscriber = subscriber(25, TelemetryType.FUNCTION, TelemetryType.PLATFORM);
        say(subscriber, "lost");
        delivery.begun.acquire(10);
        say(subscriber, "kept");
        List<String> next = delivery.next();
        assertThat(next).hasSize(2);
        assertThat(next.get(0)).contains("\"kept\"");
        assertThat(next.get(1)).contains("\"droppedRecords\":1");
    }

    @Test
    void closedSubscriberDeliversNothingMore() {
        Subscriber subscriber = subscriber(25, TelemetryType.FUNCTION);
        subscriber.close();
        say(subscriber, "too late");
        assertThat(subscriber.awaitDelivered(inSeconds(30))).isTrue();
        assertThat(delivery.batches).isEmpty();
    }

    private Subscriber subscriber(int timeoutMillis, TelemetryType... types) {
        var subscription = new Subscription(
                TelemetrySchema.V2022_07_01,
                List.of(types),
                new Destination.Tcp(1),
                new Buffering(1_000, 262_144, timeoutMillis));
        Subscriber subscriber = new Subscriber("test", subscription, false, delivery);
        open.add(subscriber);
        return subscriber;
    }

    private static void say(Subscriber subscriber, String text) {
        subscriber.offer(new TelemetryEvent.Line(TelemetryType.FUNCTION, text), 0);
    }

    private static long inSeconds(int seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }
}
