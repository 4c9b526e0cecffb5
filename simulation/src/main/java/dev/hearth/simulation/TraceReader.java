package dev.hearth.simulation;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/// Reads samples of the Azure Functions trace of 2019 in the form of the In-Vitro project.
final class TraceReader {
    private static final int FIRST_MINUTE_COLUMN = 4;
    private static final List<String> PERCENTILES = List.of("0", "1", "25", "50", "75", "99", "100");

    private TraceReader() {}

    /// Where the files of a sample come from.
    @FunctionalInterface
    private interface Source {
        InputStream open(String file) throws IOException;
    }

    /// A sample that comes with this module: `azure2019_100` or `azure2019_500`.
    static Trace bundled(String name) throws IOException {
        return read(name, file -> {
            String resource = "/traces/" + name + "/" + file + ".gz";
            InputStream in = TraceReader.class.getResourceAsStream(resource);
            if (in == null) {
                throw new FileNotFoundException("no trace " + resource + " on the class path");
            }
            return new GZIPInputStream(in);
        });
    }

    /// A folder with `invocations.csv`, `durations.csv` and `memory.csv`.
    static Trace folder(Path folder) throws IOException {
        return read(folder.getFileName().toString(), file -> Files.newInputStream(folder.resolve(file)));
    }

    private static Trace read(String name, Source source) throws IOException {
        Map<String, Map<String, String>> durations = byFunction(source, "durations.csv");
        Map<String, Map<String, String>> memory = byFunction(source, "memory.csv");
        List<Trace.Function> functions = new ArrayList<>();
        try (BufferedReader lines = reader(source, "invocations.csv")) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                String id = cells[2];
                functions.add(new Trace.Function(
                        id,
                        cells[3].equals("timer"),
                        number(memory, id, "AverageAllocatedMb"),
                        PERCENTILES.stream()
                                .mapToDouble(p -> number(durations, id, "percentile_Average_" + p))
                                .toArray(),
                        Arrays.stream(cells, FIRST_MINUTE_COLUMN, cells.length)
                                .mapToInt(Integer::parseInt)
                                .toArray()));
            }
        }
        return new Trace(name, functions);
    }

    private static double number(Map<String, Map<String, String>> rows, String id, String column) {
        Map<String, String> row = rows.getOrDefault(id, Map.of());
        String cell = row.get(column);
        if (cell == null) {
            throw new IllegalArgumentException("the trace has no " + column + " for function " + id);
        }
        return Double.parseDouble(cell);
    }

    private static Map<String, Map<String, String>> byFunction(Source source, String file) throws IOException {
        Map<String, Map<String, String>> rows = new HashMap<>();
        try (BufferedReader lines = reader(source, file)) {
            String[] header = lines.readLine().split(",", -1);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                Map<String, String> row = new HashMap<>();
                IntStream.range(0, header.length).forEach(i -> row.put(header[i], cells[i]));
                rows.put(row.getOrDefault("HashFunction", ""), row);
            }
        }
        return rows;
    }

    private static BufferedReader reader(Source source, String file) throws IOException {
        return new BufferedReader(new InputStreamReader(source.open(file), StandardCharsets.UTF_8));
    }
}
