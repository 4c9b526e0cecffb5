package dev.hearth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What functions tell of themselves by the clock, and what is made of it.
@Timeout(120)
final class TimesIT {
    private static final String RESPONSE = "/2018-06-01/runtime/invocation/id-1/response";

    private static String times(Object start, Object end) {
        return "Hearth-Handler-Start: " + start + "\r\nHearth-Handler-End: " + end + "\r\n";
    }

    @Test
    void handlerTimesAreThoseTheFunctionTells() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            wire.next().read();
            long start = System.nanoTime();
            long end = System.nanoTime();
            wire.post(RESPONSE, times(start, end), "2").read();
            assertThat(answer.get()).isInstanceOf(Answer.Response.class);
            assertThat(served.api.handlerTimes("id-1")).isEqualTo(new HandlerTimes(start, end));
        }
    }

    @Test
    void handlerTimesComeWithErrorsToo() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            wire.next().read();
            long start = System.nanoTime();
            wire.post("/2018-06-01/runtime/invocation/id-1/error", times(start, start), "{}")
                    .read();
            assertThat(answer.get()).isInstanceOf(Answer.Error.class);
            assertThat(served.api.handlerTimes("id-1")).isEqualTo(new HandlerTimes(start, start));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1,2",
        "'',''",
        "-5,x",
        "12.5,1e9",
        "999999999999999999,999999999999999999",
        "99999999999999999999999,184467440737095516160"
    })
    void timesThatCannotBeAreThoseOfDeliveryAndAnswer(String start, String end) throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            long before = System.nanoTime();
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            wire.next().read();
            long delivered = System.nanoTime();
            wire.post(RESPONSE, times(start, end), "2").read();
            assertThat(answer.get()).isInstanceOf(Answer.Response.class);
            HandlerTimes told = served.api.handlerTimes("id-1");
            assertThat(told.start()).isBetween(before, delivered);
            assertThat(told.end()).isBetween(delivered, System.nanoTime());
        }
    }

    @Test
    void endBeforeTheStartIsIgnoredAlone() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            wire.next().read();
            long start = System.nanoTime();
            wire.post(RESPONSE, times(start, start - 1), "2").read();
            assertThat(answer.get()).isInstanceOf(Answer.Response.class);
            assertThat(served.api.handlerTimes("id-1").start()).isEqualTo(start);
            assertThat(served.api.handlerTimes("id-1").end()).isGreaterThan(start);
        }
    }

    @Test
    void handlerTimesOfAnEventWithoutAnswerAreUnknown() throws Exception {
        try (ServedApi served = new ServedApi()) {
            CompletableFuture<Answer> answer = served.invoke(ServedApi.event("id-1", "1"), 1);
            assertThat(answer.get()).isEqualTo(new Answer.TimedOut());
            assertThat(served.api.handlerTimes("id-1")).isEqualTo(HandlerTimes.UNKNOWN);
        }
    }

    @Test
    void initTimesAreThoseOfTheFirstRequest() throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            long ready = System.nanoTime();
            long loaded = System.nanoTime();
            wire.next("Hearth-Runtime-Ready: " + ready + "\r\nHearth-Code-Loaded: " + loaded + "\r\n");
            assertThat(served.api.awaitInitialised(Duration.ofSeconds(60))).isEqualTo(new Initialised.Ready());
            assertThat(served.api.initTimes()).isEqualTo(new InitTimes(ready, loaded));
            served.awaitIdle();
            CompletableFuture<Answer> answer = served.invoke("id-1", "1");
            wire.read();
            wire.respond("id-1", "2").read();
            assertThat(answer.get()).isInstanceOf(Answer.Response.class);
            wire.next("Hearth-Runtime-Ready: 1\r\nHearth-Code-Loaded: 2\r\n");
            served.awaitIdle();
            assertThat(served.api.initTimes()).isEqualTo(new InitTimes(ready, loaded));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Hearth-Runtime-Ready: soon\r\nHearth-Code-Loaded: later\r\n",
                "Hearth-Runtime-Ready: 999999999999999999\r\nHearth-Code-Loaded: 999999999999999999\r\n"
            })
    void initTimesThatCannotBeAreUnknown(String fields) throws Exception {
        try (ServedApi served = new ServedApi();
                Wire wire = served.connect()) {
            wire.next(fields);
            served.awaitIdle();
            assertThat(served.api.initTimes()).isEqualTo(InitTimes.UNKNOWN);
        }
    }

    @Test
    void codeLoadedBeforeItsRuntimeWasReadyIsHalfBelieved() {
        assertThat(new InitTimes(20, 10).until(30)).isEqualTo(new InitTimes(0, 10));
        assertThat(new InitTimes(20, 40).until(30)).isEqualTo(new InitTimes(20, 0));
    }
}
