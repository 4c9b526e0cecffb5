package dev.hearth.cli;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hearth version`
@Command(name = "version", description = "Print the version of Hearth and of the Java it runs on.")
final class VersionCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print as JSON.")
    boolean json;

    private final Surroundings surroundings;

    VersionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        String java = Runtime.version().toString();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("version", Version.current());
        fields.put("java", java);
        surroundings
                .terminal()
                .print(json ? new Json(fields).compact() : "hearth " + Version.current() + " (Java " + java + ")");
        return ExitCode.OK.number();
    }
}
