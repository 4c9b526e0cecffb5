package dev.hearth.cli;

import java.util.ArrayList;
import java.util.List;

/// Aligned columns: the first to the left, the others to the right, as numbers are read.
final class Table {
    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... titles) {
        this.titles = List.of(titles);
    }

    void add(List<String> row) {
        if (row.size() > titles.size()) {
            throw new IllegalArgumentException("a row of " + row.size() + " for " + titles.size() + " columns: " + row);
        }
        rows.add(List.copyOf(row));
    }

    void print(Terminal terminal) {
        int[] widths = widths();
        terminal.print(terminal.bold(line(widths, titles)));
        rows.forEach(row -> terminal.print(line(widths, row)));
    }

    /// A row that ends early may hold a remark longer than its column.
    private int[] widths() {
        int[] widths = titles.stream().mapToInt(String::length).toArray();
        for (List<String> row : rows) {
            boolean whole = row.size() == titles.size();
            for (int i = 0; i < (whole ? row.size() : row.size() - 1); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private String line(int[] widths, List<String> cells) {
        boolean whole = cells.size() == titles.size();
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            String padding = " ".repeat(Math.max(0, widths[i] - cell.length()));
            boolean left = i == 0 || (!whole && i == cells.size() - 1);
            line.append(i == 0 ? "" : "  ").append(left ? cell + padding : padding + cell);
        }
        return line.toString().stripTrailing();
    }
}
