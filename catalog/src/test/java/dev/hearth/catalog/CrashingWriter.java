package dev.hearth.catalog;

import dev.hearth.model.CodeRef;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Limits;
import dev.hearth.model.SystemClock;
import java.nio.file.Path;
import java.util.Random;

/// A process that stores packages and versions for ever and says which of them it was told are safe. [CrashIT]
/// kills it.
final class CrashingWriter {
    private CrashingWriter() {}

    /// @param args the directory, a name for this run, a seed
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        var random = new Random(Long.parseLong(args[2]));
        try (SqliteCatalog catalog = SqliteCatalog.open(directory)) {
            CodeStore store = CodeStore.open(directory.resolve("code"), Limits.AWS, SystemClock.INSTANCE);
            store.recover(catalog.read(CatalogTransaction::referencedCode));
            for (int i = 0; ; i++) {
                deploy(catalog, store, args[1] + "-" + i, random);
            }
        }
    }

    private static void deploy(Catalog catalog, CodeStore store, String function, Random random) throws Exception {
        byte[] content = new byte[random.nextInt(200_000)];
        random.nextBytes(content);
        Zips zip = Zips.zip().entry("random", 0, content);
        for (int i = random.nextInt(20); i > 0; i--) {
            zip.file("d" + i + "/file", function);
        }
        CodeRef code = store.put(zip.bytes());
        long number = catalog.write(t -> {
            t.put(Samples.latest(function).withCode(code));
            return t.takeVersionNumber("shared");
        });
        say("deployed " + function + " " + code.sha256() + " " + code.size() + " " + number);
        if (random.nextInt(5) == 0) {
            say("deleting " + function);
            catalog.change(t -> t.deleteFunction(function));
            say("deleted " + function);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    static FunctionVersion expected(String function, CodeRef code) {
        return Samples.latest(function).withCode(code);
    }
}
