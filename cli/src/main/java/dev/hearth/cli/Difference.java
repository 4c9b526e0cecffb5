package dev.hearth.cli;

/// A setting that is to change.
///
/// @param from the old value as text; empty for none
/// @param to   the new one; empty for none
record Difference(String setting, String from, String to) {}
