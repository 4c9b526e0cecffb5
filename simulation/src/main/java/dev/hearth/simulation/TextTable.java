package dev.hearth.simulation;

import java.util.ArrayList;
import java.util.List;

/// A table as text whose columns stand below each other.
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... header) {
        rows.add(List.of(header));
    }

    void row(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            line(text, rows.get(r), ' ');
            if (r == 0) {
                line(text, rows.get(0).stream().map(cell -> "").toList(), '-');
            }
        }
        return text.toString();
    }

    private void line(StringBuilder text, List<String> cells, char fill) {
        for (int c = 0; c < cells.size(); c++) {
            String padding = String.valueOf(fill).repeat(width(c) - cells.get(c).length());
            text.append(c == 0 ? "| " : " | ").append(c == 0 ? cells.get(c) + padding : padding + cells.get(c));
        }
        text.append(" |\n");
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
