package dev.hearth.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The `/etc` that sandboxes see: a few files of our own, copies of single files of the host's, and some of the host's
/// directories, mounted. One directory of files and few mounts, because each mount costs every start about 0.1 ms.
///
/// @param files       the directory with the files, and with empty ones to mount on
/// @param directories of the host's `/etc`, to be mounted over those
record EtcTree(Path files, List<Path> directories) {
    /// AWS's name for it, which functions sometimes print.
    private static final String USER = "sbx_user1051";

    private static final List<String> COPIED = List.of(
            "ssl/openssl.cnf",
            "ld.so.cache",
            "localtime",
            "timezone",
            "os-release",
            "mime.types",
            "protocols",
            "services");

    /// Certificates, and what programs below /usr link to.
    private static final List<String> MOUNTED =
            List.of("ssl/certs", "pki/tls/certs", "pki/ca-trust/extracted", "crypto-policies", "alternatives");

    private static final String OWN_FILES = """
            passwd
            root:x:0:0:root:/root:/sbin/nologin
            USER:x:993:990::/home/USER:/sbin/nologin
            nobody:x:65534:65534:nobody:/:/sbin/nologin

            group
            root:x:0:
            USER:x:990:
            nogroup:x:65534:

            hosts
            127.0.0.1 localhost hearth sandbox.localdomain sandbox
            ::1 localhost

            nsswitch.conf
            passwd: files
            group: files
            hosts: files dns
            services: files
            protocols: files
            """;

    /// @param resolvConf the content of `resolv.conf`
    static EtcTree build(Path target, Path hostEtc, String resolvConf) throws IOException {
        deleteTree(target);
        Files.createDirectories(target);
        for (String name : COPIED) {
            copyIfPublic(hostEtc.resolve(name), target.resolve(name));
        }
        for (String file : OWN_FILES.replace("USER", USER).split("\n\n")) {
            int end = file.indexOf('\n');
            Files.writeString(
                    target.resolve(file.substring(0, end)),
                    file.substring(end + 1).stripTrailing() + "\n");
        }
        Files.writeString(target.resolve("resolv.conf"), resolvConf);
        List<Path> directories = directories(hostEtc);
        for (Path directory : directories) {
            Files.createDirectories(target.resolve(hostEtc.relativize(directory)));
        }
        makePublic(target);
        return new EtcTree(target, directories);
    }

    /// Whatever the server's umask is.
    private static void makePublic(Path target) throws IOException {
        try (Stream<Path> tree = Files.walk(target)) {
            for (Path path : tree.toList()) {
                String permissions = Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--";
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
            }
        }
    }

    private static List<Path> directories(Path hostEtc) throws IOException {
        List<Path> found = new ArrayList<>();
        MOUNTED.stream().map(hostEtc::resolve).filter(Files::isDirectory).forEach(found::add);
        try (Stream<Path> entries = Files.list(hostEtc)) {
            // Debian's JDKs are full of links to these
            entries.filter(entry -> {
                        String name = String.valueOf(entry.getFileName());
                        return name.startsWith("java") || name.endsWith("-openjdk");
                    })
                    .filter(Files::isDirectory)
                    .forEach(found::add);
        }
        return found;
    }

    /// Copies what the path leads to (localtime is a link as a rule), if every user of the host may read it.
    private static void copyIfPublic(Path source, Path target) throws IOException {
        if (Files.isRegularFile(source)
                && Files.getPosixFilePermissions(source).contains(PosixFilePermission.OTHERS_READ)) {
            Files.createDirectories(target.resolveSibling(""));
            Files.write(target, Files.readAllBytes(source));
        }
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
