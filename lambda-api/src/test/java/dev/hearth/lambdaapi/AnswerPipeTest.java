package dev.hearth.lambdaapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.model.InvocationReport;
import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.model.Timeline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AnswerPipeTest {
    private static final InvocationReport REPORT = new InvocationReport(
            new Outcome.Succeeded(Payload.EMPTY),
            Optional.empty(),
            Optional.empty(),
            Timeline.notRun(0),
            0,
            0,
            0,
            Optional.empty());

    private final FakeClock clock = new FakeClock();
    private final AnswerPipe pipe = new AnswerPipe(clock);

    @Test
    void whatWasWrittenBeforeTheEndIsReadAfterIt() {
        pipe.begin("text/plain");
        pipe.write(new byte[] {1, 2, 3}, 1, 2);
        pipe.finish(REPORT);

        assertThat(pipe.awaitBegin()).isEqualTo("text/plain");
        assertThat(pipe.read()).containsExactly(2, 3);
        assertThat(pipe.read()).isEmpty();
        assertThat(pipe.awaitReport()).isSameAs(REPORT);
    }

    @Test
    void endWithoutABeginningHasNoContentType() {
        pipe.finish(REPORT);

        assertThat(pipe.awaitBegin()).isNull();
        assertThat(pipe.begun()).isFalse();
        assertThat(pipe.firstByteNanos()).isZero();
    }

    @Test
    void slowReaderHoldsTheWriterBackAndGetsAll() throws Exception {
        int size = 10 * 1024 * 1024;
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
            pipe.begin("");
            pipe.write(new byte[size], 0, size);
            pipe.finish(REPORT);
        });
        long read = 0;
        int largest = 0;
        for (byte[] part = pipe.read(); part.length > 0; part = pipe.read()) {
            read += part.length;
            largest = Math.max(largest, part.length);
        }

        written.get();
        assertThat(read).isEqualTo(size);
        assertThat(largest).isLessThanOrEqualTo(128 * 1024);
        assertThat(pipe.writtenBytes()).isEqualTo(size);
    }

    @Test
    void writerOfWhatNobodyReadsGoesOnWhenTheReaderLeaves() throws Exception {
        pipe.begin("");
        CompletableFuture<Void> written =
                CompletableFuture.runAsync(() -> pipe.write(new byte[1024 * 1024], 0, 1024 * 1024));
        assertThat(pipe.read()).isNotEmpty();
        pipe.abandon();

        written.get();
        assertThat(pipe.writtenBytes()).isEqualTo(1024 * 1024);
    }

    @Test
    void writerOfWhatNobodyReadsGoesOnWhenTheInvocationEnds() throws Exception {
        pipe.begin("");
        CompletableFuture<Void> written =
                CompletableFuture.runAsync(() -> pipe.write(new byte[1024 * 1024], 0, 1024 * 1024));
        pipe.finish(REPORT);

        assertThat(written).succeedsWithin(Duration.ofSeconds(60));
    }
}
