package dev.hearth.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/// Finds the executable of a custom runtime and tells beforehand what the system would say about one that cannot be
/// started, in AWS's words.
sealed interface Entrypoint {
    /// @param path in the sandbox
    record Found(String path) implements Entrypoint {}

    record Invalid(String message) implements Entrypoint {}

    static Entrypoint find(Path codeTree, Optional<Path> layersTree) {
        Path own = codeTree.resolve("bootstrap");
        if (Files.isRegularFile(own)) {
            return check(own, "/var/task/bootstrap", codeTree, layersTree);
        }
        Optional<Path> layered =
                layersTree.map(tree -> tree.resolve("bootstrap")).filter(Files::isRegularFile);
        return layered.map(file -> check(file, "/opt/bootstrap", codeTree, layersTree))
                .orElseGet(() -> new Invalid("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"));
    }

    private static Entrypoint check(Path file, String path, Path codeTree, Optional<Path> layersTree) {
        try {
            // The function's user is not the owner of its package.
            if (!Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return cannotStart(path, "permission denied");
            }
            byte[] start = new byte[256];
            int length;
            try (InputStream in = Files.newInputStream(file)) {
                length = in.readNBytes(start, 0, start.length);
            }
            if (length > 2 && start[0] == '#' && start[1] == '!') {
                String line = new String(start, 2, length - 2, StandardCharsets.ISO_8859_1);
                return script(path, line, codeTree, layersTree);
            }
            return isProgramOfThisMachine(start, length) ? new Found(path) : cannotStart(path, "exec format error");
        } catch (IOException e) {
            return cannotStart(path, "input/output error");
        }
    }

    private static Entrypoint script(String path, String line, Path codeTree, Optional<Path> layersTree) {
        int end = line.indexOf('\n');
        String[] words =
                line.substring(0, end < 0 ? line.length() : end).strip().split("[ \t]+", 2);
        boolean endsWithReturn = end > 0 && line.charAt(end - 1) == '\r' && words.length == 1;
        Path interpreter = Path.of(words[0]);
        boolean present;
        if (interpreter.startsWith("/var/task")) {
            present = Files.exists(codeTree.resolve(Path.of("/var/task").relativize(interpreter)));
        } else if (interpreter.startsWith("/opt")) {
            present = layersTree.isPresent()
                    && Files.exists(layersTree.get().resolve(Path.of("/opt").relativize(interpreter)));
        } else {
            present = Files.exists(interpreter) && !interpreter.startsWith("/usr/local");
        }
        return present && !endsWithReturn ? new Found(path) : cannotStart(path, "no such file or directory");
    }

    /// An ELF file for this machine's instruction set.
    private static boolean isProgramOfThisMachine(byte[] start, int length) {
        boolean elf = length >= 20 && start[0] == 0x7f && start[1] == 'E' && start[2] == 'L' && start[3] == 'F';
        return elf && (start[18] & 0xff) == machine();
    }

    /// `e_machine` of this machine.
    private static int machine() {
        return System.getProperty("os.arch", "").equals("aarch64") ? 0xb7 : 0x3e;
    }

    private static Entrypoint cannotStart(String path, String reason) {
        return new Invalid("fork/exec " + path + ": " + reason);
    }
}
