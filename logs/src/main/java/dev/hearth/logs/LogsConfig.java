package dev.hearth.logs;

import dev.hearth.model.ByteSize;
import dev.hearth.model.Limits;
import java.time.Duration;

/// How much is kept, and how soon it is on the disk.
///
/// @param segment    a log file that has grown to this is closed and the next one begun
/// @param group      all files of a log group together; the oldest are deleted beyond it
/// @param pending    what may wait in memory for the disk, all groups together; beyond it the oldest is dropped
/// @param line       longest event; what is longer is split
/// @param flushEvery longest time between an event and its file
public record LogsConfig(ByteSize segment, ByteSize group, ByteSize pending, ByteSize line, Duration flushEvery) {
    public static final LogsConfig DEFAULT = new LogsConfig(
            ByteSize.ofMib(16), ByteSize.ofMib(256), ByteSize.ofMib(16), Limits.AWS.logLine(), Duration.ofMillis(200));

    public LogsConfig {
        if (segment.bytes() < 1 || group.compareTo(segment) < 0 || line.bytes() < 4) {
            throw new IllegalArgumentException("a log group must hold at least one segment, a line 4 bytes: segment "
                    + segment + ", group " + group + ", line " + line);
        }
    }
}
