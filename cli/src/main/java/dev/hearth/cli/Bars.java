package dev.hearth.cli;

/// Bars of block characters, in eighths of a character.
final class Bars {
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
    private static final char FULL = '█';

    private Bars() {}

    /// A bar that begins at a share of the width and has a share of it as its length; at least a sliver.
    static String of(double start, double length, int width) {
        int blanks = Math.clamp(Math.round(start * width), 0, width);
        int eighths = (int) Math.clamp(Math.round(length * width * 8), 1, (width - blanks) * 8L + 1);
        String end = eighths % 8 == 0 ? "" : String.valueOf(EIGHTHS.charAt(eighths % 8));
        return " ".repeat(blanks) + String.valueOf(FULL).repeat(eighths / 8) + end;
    }
}
