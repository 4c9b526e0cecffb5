package dev.hearth.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalInt;

/// What a log group is told about itself, in the file `group` of its directory.
///
/// @param retentionDays events older than this are deleted; empty keeps them as long as there is room
record GroupMeta(String name, long createdMillis, OptionalInt retentionDays) {
    private static final String FILE = "group";

    GroupMeta withRetention(OptionalInt days) {
        return new GroupMeta(name, createdMillis, days);
    }

    /// Empty where the directory holds no group: a crash came between its two steps, or it is being deleted.
    static Optional<GroupMeta> read(Path directory) throws IOException {
        try {
            String[] fields = Files.readString(directory.resolve(FILE)).strip().split("\t");
            OptionalInt days = fields.length > 2 ? OptionalInt.of(Integer.parseInt(fields[2])) : OptionalInt.empty();
            return Optional.of(new GroupMeta(fields[0], Long.parseLong(fields[1]), days));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(
                    "Cannot read " + directory.resolve(FILE) + ": it should hold a name, a time and perhaps"
                            + " days, with tabs between. Delete the directory to begin the log group anew.");
        }
    }

    void write(Path directory) throws IOException {
        Path fresh = directory.resolve(FILE + ".new");
        String days = retentionDays.isPresent() ? "\t" + retentionDays.getAsInt() : "";
        Files.writeString(fresh, name.replace('\t', '_') + "\t" + createdMillis + days + "\n");
        Files.move(fresh, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
