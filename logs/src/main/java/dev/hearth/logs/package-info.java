/// What functions wrote: log groups and streams on disk with rotation and a limit, and the part of the
/// CloudWatch Logs wire that reads them.
///
/// [LogStore] is written by the engine's log threads and read by [LogsApi]; safe for use by any thread.
@NullMarked
package dev.hearth.logs;

import org.jspecify.annotations.NullMarked;
