package dev.hearth.lambdaapi;

import dev.hearth.engine.FunctionEngine;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.Invocation;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.model.Timeline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// An invocation whose answer is passed on while the function writes it. It runs on a thread of its own, because the
/// caller's has to answer with a status before the function has ended; it goes on to its end when the caller leaves.
final class StreamedAnswer {
    private static final System.Logger LOG = System.getLogger("dev.hearth.lambdaapi");

    private final AnswerPipe pipe;
    /// As the function said it; null where it answered in one piece, or not at all.
    private final @Nullable String contentType;

    private StreamedAnswer(AnswerPipe pipe) {
        this.pipe = pipe;
        this.contentType = pipe.awaitBegin();
    }

    /// Starts an invocation and waits until it is known how the answer begins.
    ///
    /// @param invocation has `pipe` as its sink
    static StreamedAnswer start(FunctionEngine engine, Invocation invocation, AnswerPipe pipe) {
        Thread.ofVirtual().name("streamed invocation").start(() -> run(engine, invocation, pipe));
        return new StreamedAnswer(pipe);
    }

    private static void run(FunctionEngine engine, Invocation invocation, AnswerPipe pipe) {
        InvocationReport report = null;
        try {
            report = engine.invoke(invocation);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "streamed invocation failed requestId=" + invocation.requestId(), e);
        } finally {
            // Whatever was thrown: somebody waits.
            pipe.finish(report != null ? report : lost(invocation));
        }
    }

    private static InvocationReport lost(Invocation invocation) {
        var outcome = new Outcome.SandboxFailed(
                ErrorCode.SERVICE,
                "Hearth failed while it ran the function; its log has the stack trace under request id "
                        + invocation.requestId() + ".");
        return new InvocationReport(
                outcome, Optional.empty(), Optional.empty(), Timeline.notRun(0), 0, 0, 0, Optional.empty());
    }

    /// The content type that the function said when it began to answer; empty where it answered in one piece, which the
    /// [#report] has then.
    Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    /// How it ended; waits until it has.
    InvocationReport report() {
        return pipe.awaitReport();
    }

    /// The next part of the answer, waited for; empty after the last.
    byte[] read() {
        return pipe.read();
    }

    /// Drops the rest.
    void abandon() {
        pipe.abandon();
    }

    /// The answer as AWS's events.
    void writeEvents(OutputStream out) throws IOException {
        try {
            for (byte[] part = read(); part.length > 0; part = read()) {
                out.write(EventFrames.chunk(part));
                out.flush();
            }
            writeEnd(out);
        } finally {
            abandon(); // where the caller has left, however that shows, nobody reads the rest
        }
    }

    private void writeEnd(OutputStream out) throws IOException {
        InvocationReport report = report();
        if (contentType == null && report.outcome() instanceof Outcome.Succeeded(Payload payload)) {
            out.write(EventFrames.chunk(payload.bytes()));
        }
        out.write(EventFrames.complete(complete(report)));
        out.flush();
    }

    private static byte[] complete(InvocationReport report) {
        return Json.object(out -> {
            switch (report.outcome()) {
                case Outcome.Succeeded _ -> {}
                case Outcome.FunctionFailed(String type, Payload details) -> writeError(out, type, details);
                case Outcome.TimedOut(var _, Payload details) -> writeError(out, "Sandbox.Timedout", details);
                case Outcome.SandboxFailed(ErrorCode code, String message) -> {
                    out.writeStringProperty("ErrorCode", code.awsType());
                    out.writeStringProperty("ErrorDetails", message);
                }
                case Outcome.Throttled(var reason) ->
                    out.writeStringProperty("ErrorCode", ErrorCode.TOO_MANY_REQUESTS.awsType());
            }
            report.logTail()
                    .ifPresent(log -> out.writeStringProperty(
                            "LogResult", Base64.getEncoder().encodeToString(log)));
        });
    }

    private static void writeError(JsonGenerator out, String type, Payload details) {
        out.writeStringProperty("ErrorCode", type.isEmpty() ? "Unhandled" : type);
        out.writeStringProperty("ErrorDetails", new String(details.bytes(), StandardCharsets.UTF_8));
    }
}
