package dev.hearth.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a journal's file may be after a crash.
final class Crashes {
    private Crashes() {}

    /// The journal as it is found when the server died after each of the frames of a file.
    ///
    /// @param scratch gets a directory for each crash
    static List<List<Ticket>> after(Path file, Path scratch) throws IOException {
        var found = new ArrayList<List<Ticket>>();
        byte[] all = Files.readAllBytes(file);
        for (int end : frameEnds(all)) {
            Path crashed = Files.createDirectories(scratch.resolve("crashed-at-" + end));
            Files.write(crashed.resolve(file.getFileName()), Arrays.copyOf(all, end));
            try (EventStore store = EventStore.open(crashed)) {
                found.add(store.tickets());
            }
        }
        return found;
    }

    /// Where the frames of a file end.
    static List<Integer> frameEnds(byte[] file) {
        var ends = new ArrayList<Integer>();
        ByteBuffer in = ByteBuffer.wrap(file);
        for (Optional<Frame> next = Frame.read(in); next.isPresent(); next = Frame.read(in)) {
            ends.add(in.position());
        }
        return ends;
    }
}
