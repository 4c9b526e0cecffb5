package dev.hearth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hearth invoke`: calls a function and prints its answer.
@Command(
        name = "invoke",
        description =
                "Call a function and print its answer. The answer goes to standard output, all else to standard error.",
        footer = {
            "",
            "  hearth invoke orders --payload '{\"id\": 7}'",
            "  hearth invoke orders --payload @event.json --log",
            "  hearth invoke report --stream",
            "  generate | hearth invoke orders --payload - --qualifier live"
        })
final class InvokeCommand extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "The function's name or ARN.")
    String name = "";

    @Option(
            names = "--payload",
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "The event: JSON, @FILE, or - for standard input; {} where absent.")
    String payload = "{}";

    @Option(names = "--qualifier", paramLabel = "NAME", description = "A version or an alias.")
    @Nullable
    String qualifier;

    @Option(names = "--log", description = "Print the last 4 KB of what the invocation logged.")
    boolean log;

    @Option(names = "--stream", description = "Print the answer while the function writes it.")
    boolean stream;

    InvokeCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run() {
        if (stream && server.json) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--stream prints the answer as it comes, --json when it is there: use one of them.");
        }
        byte[] event = Event.read(payload, surroundings.in());
        LambdaApi lambda = lambda();
        if (stream) {
            return stream(lambda, event);
        }
        long start = System.nanoTime();
        LambdaApi.Invoked invoked = invoke(lambda, event);
        long tookMillis = (System.nanoTime() - start) / 1_000_000;
        if (server.json) {
            terminal().print(asJson(invoked, tookMillis).pretty());
        } else {
            print(invoked, tookMillis);
        }
        return invoked.functionError().isEmpty() ? ExitCode.OK : ExitCode.FUNCTION_ERROR;
    }

    private ExitCode stream(LambdaApi lambda, byte[] event) {
        LambdaApi.Streamed end = found(
                lambda, () -> lambda.stream(name, Optional.ofNullable(qualifier), log, event, this::printAsItComes));
        terminal().print("");
        end.log().lines().forEach(terminal()::note);
        if (end.errorCode().isEmpty()) {
            return ExitCode.OK;
        }
        terminal()
                .note("'" + name + "' failed (" + end.errorCode() + "): " + end.errorDetails()
                        + " Its log: hearth logs " + name);
        return ExitCode.FUNCTION_ERROR;
    }

    private void printAsItComes(InputStream answer) throws IOException {
        var text = new InputStreamReader(answer, StandardCharsets.UTF_8);
        var part = new char[8 * 1024];
        for (int count = text.read(part); count >= 0; count = text.read(part)) {
            terminal().out().write(part, 0, count);
            terminal().out().flush();
        }
    }

    private LambdaApi.Invoked invoke(LambdaApi lambda, byte[] event) {
        return found(lambda, () -> lambda.invoke(name, Optional.ofNullable(qualifier), log, event));
    }

    private <T> T found(LambdaApi lambda, Supplier<T> call) {
        try {
            return call.get();
        } catch (RefusedByServer e) {
            if (e.isNotFound() && lambda.configuration(name).isEmpty()) {
                throw Missing.function(lambda, name);
            }
            throw e;
        }
    }

    private void print(LambdaApi.Invoked invoked, long tookMillis) {
        invoked.log().lines().forEach(terminal()::note);
        terminal().print(new String(invoked.payload(), StandardCharsets.UTF_8));
        if (!invoked.functionError().isEmpty()) {
            terminal()
                    .note("'" + name + "' answered with an error (" + invoked.functionError() + ") after " + tookMillis
                            + " ms. Its log: hearth logs " + name);
        } else if (terminal().errIsTerminal()) {
            terminal().note(tookMillis + " ms, version " + invoked.executedVersion());
        }
    }

    private static Json asJson(LambdaApi.Invoked invoked, long tookMillis) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("StatusCode", invoked.status());
        fields.put("ExecutedVersion", invoked.executedVersion());
        if (!invoked.functionError().isEmpty()) {
            fields.put("FunctionError", invoked.functionError());
        }
        if (!invoked.log().isEmpty()) {
            fields.put("Log", invoked.log());
        }
        fields.put("DurationMillis", tookMillis);
        fields.put("Payload", payload(invoked.payload()));
        return new Json(fields);
    }

    /// The answer as JSON, or as text where it is none.
    private static Object payload(byte[] payload) {
        try {
            return Json.parse(payload);
        } catch (IllegalArgumentException e) {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }
}
