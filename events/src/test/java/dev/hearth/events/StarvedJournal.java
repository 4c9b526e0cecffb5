package dev.hearth.events;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A process with so little memory that the journal's thread cannot copy a large entry; says what came of two.
final class StarvedJournal {
    /// Less than half of it is the large entry: once it is there, once more it is not.
    static final String HEAP = "32m";

    private static final int LARGE = 15 << 20;

    private StarvedJournal() {}

    /// @param args the journal's directory
    public static void main(String[] args) throws Exception {
        Journal journal = Journal.open(Path.of(args[0]));
        say(commit(journal, new byte[LARGE]));
        say(commit(journal, new byte[1]));
    }

    private static String commit(Journal journal, byte[] content) {
        try {
            journal.commit(List.of(new Frame(Frame.Kind.BODY, 1, content)));
            return "written";
        } catch (IOException refused) {
            return refused.toString();
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
