package dev.hearth.runtime;

import dev.hearth.model.FunctionVersion;
import java.nio.file.Path;
import java.util.Optional;

/// What is to be started.
///
/// @param codeTree   the unpacked package, on the host
/// @param layersTree the unpacked and merged layers, on the host; empty for a function without
/// @param logStream  the log stream of this instance, such as `2026/11/21/[$LATEST]0123…`
public record LaunchRequest(FunctionVersion version, Path codeTree, Optional<Path> layersTree, String logStream) {}
