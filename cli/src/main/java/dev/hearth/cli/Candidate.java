package dev.hearth.cli;

/// A handler that was found in code.
///
/// @param handler as the `Handler` setting wants it
/// @param usual   whether it has the name that AWS's console and templates give it, so that it wins over others
/// @param foundIn the file it was found in
record Candidate(Family family, String handler, boolean usual, String foundIn) {}
