/// The `hearth` command.
///
/// [HearthCommand] is the root; each subcommand is a class named after it. A command turns its options into calls of
/// [LambdaApi] and [LogsApi] and prints what came back. It talks to the server through the public HTTP API only, so it
/// works against any Hearth it can reach. One thread runs everything; what goes wrong is a [CommandFailure] with an
/// [ExitCode].
@NullMarked
package dev.hearth.cli;

import org.jspecify.annotations.NullMarked;
