package dev.hearth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hearth bench memory`: what each memory size would mean for speed and cost.
@Command(
        name = "memory",
        description = "Try memory sizes on a temporary copy of a function: how long cold, parked and warm calls take,"
                + " and what they would cost at AWS.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:the function failed with every memory size"},
        footer = {
            "",
            "The copy has the function's code, settings and environment, and is deleted afterwards.",
            "",
            "  hearth bench memory orders --payload @event.json",
            "  hearth bench memory orders --sizes 256,512,1024 --samples 30 --json"
        })
final class BenchMemoryCommand extends ServerCommand {
    private static final int LEAST_MB = 128;
    private static final int MOST_MB = 10_240;
    private static final int MOST_SAMPLES = 10_000;

    @Mixin
    final BenchTarget target = new BenchTarget();

    @Option(
            names = "--sizes",
            paramLabel = "MB",
            split = ",",
            defaultValue = "128,256,512,1024,1769,3008",
            description = "Memory sizes in MB (default 128,256,512,1024,1769,3008).")
    List<Integer> sizes = List.of();

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "7",
            description = "Samples of each figure (default 7); the median counts.")
    int samples = 7;

    @Option(
            names = "--price",
            paramLabel = "USD",
            description = "Dollars per GB-second; AWS's price for the function's architecture where absent.")
    @Nullable
    Double price;

    BenchMemoryCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run() {
        check();
        LambdaApi lambda = lambda();
        target.configuration(lambda);
        byte[] payload = Event.read(target.payload, surroundings.in());
        FunctionCopy copy = FunctionCopy.of(lambda, target.name, target.version());
        var circumstances = Circumstances.now(endpoint(), "as the samples before left it");
        List<MemoryResult> results = measure(lambda, copy, payload);
        var report = new MemoryReport(target.name, circumstances, samples, price(copy), results);
        if (server.json) {
            terminal().print(report.json().pretty());
        } else {
            report.print(terminal());
        }
        return results.stream().anyMatch(MemoryResult::isMeasured) ? ExitCode.OK : ExitCode.FUNCTION_ERROR;
    }

    private List<MemoryResult> measure(LambdaApi lambda, FunctionCopy copy, byte[] payload) {
        var results = new ArrayList<MemoryResult>();
        try (var progress = new Progress(terminal());
                var function = TemporaryFunction.make(lambda, logs(), terminal(), copy, "bench")) {
            for (int memoryMb : sizes) {
                function.configure(Map.of("MemorySize", memoryMb));
                var run = new ColdRun(lambda, function.name(), Optional.empty(), payload, progress, () -> {})
                        .labelled(memoryMb + " MB: ");
                results.add(measure(run, memoryMb));
            }
        }
        return results;
    }

    /// A size that is too small for the function is a result too.
    private MemoryResult measure(ColdRun run, int memoryMb) {
        try {
            return MemoryResult.of(
                    memoryMb, run.take("boot", samples), run.take("thaw", samples), run.take("warm", samples));
        } catch (CommandFailure e) {
            if (e.exitCode() == ExitCode.FUNCTION_ERROR) {
                return MemoryResult.failed(memoryMb, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private Price price(FunctionCopy copy) {
        String architecture = copy.configuration().get("Architectures").items().stream()
                .map(item -> String.valueOf(item.value()))
                .findFirst()
                .orElse("x86_64");
        Price byDefault = Price.of(architecture);
        return price == null ? byDefault : byDefault.withPerGbSecond(price);
    }

    private void check() {
        for (int memoryMb : sizes) {
            if (memoryMb < LEAST_MB || memoryMb > MOST_MB) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--sizes must be from " + LEAST_MB + " to " + MOST_MB + " MB, not " + memoryMb + ".");
            }
        }
        if (samples < 1 || samples > MOST_SAMPLES) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--samples must be from 1 to " + MOST_SAMPLES + ", not " + samples + ".");
        }
        if (price != null && !(price >= 0)) {
            throw new CommandFailure(ExitCode.USAGE, "--price must not be negative, but is " + price + ".");
        }
    }
}
