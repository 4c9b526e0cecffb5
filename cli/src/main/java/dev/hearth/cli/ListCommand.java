package dev.hearth.cli;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;

/// `hearth list`: the functions there are.
@Command(name = "list", description = "List the functions.")
final class ListCommand extends ServerCommand {
    private record Column(String title, Function<Json, String> cell) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("NAME", f -> f.textOrEmpty("FunctionName")),
            new Column("RUNTIME", f -> f.textOrEmpty("Runtime")),
            new Column("HANDLER", f -> f.textOrEmpty("Handler")),
            new Column("MEMORY", f -> f.textOrEmpty("MemorySize") + " MB"),
            new Column("TIMEOUT", f -> f.textOrEmpty("Timeout") + " s"),
            new Column("CODE", f -> Sizes.readable(f.number("CodeSize").orElse(0L))),
            new Column("MODIFIED", f -> minute(f.textOrEmpty("LastModified"))));

    ListCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    ExitCode run() {
        List<Json> functions = lambda().list();
        if (server.json) {
            terminal().print(new Json(functions).pretty());
        } else if (functions.isEmpty()) {
            terminal().note("No function is deployed yet: hearth deploy PATH.");
        } else {
            print(functions);
        }
        return ExitCode.OK;
    }

    private void print(List<Json> functions) {
        int[] widths = COLUMNS.stream()
                .mapToInt(column -> functions.stream()
                        .mapToInt(f -> column.cell().apply(f).length())
                        .reduce(column.title().length(), Math::max))
                .toArray();
        terminal().print(terminal().bold(row(widths, Column::title)));
        functions.forEach(f ->
                terminal().print(row(widths, column -> column.cell().apply(f))));
    }

    private static String row(int[] widths, Function<Column, String> text) {
        var row = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = text.apply(COLUMNS.get(i));
            row.append(cell).repeat(" ", widths[i] - cell.length() + 2);
        }
        return row.toString().stripTrailing();
    }

    /// `2026-01-31T12:34:56.000+0000` to the minute.
    private static String minute(String time) {
        return time.length() < 16 ? time : time.substring(0, 16).replace('T', ' ');
    }
}
