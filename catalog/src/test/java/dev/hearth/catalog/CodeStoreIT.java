package dev.hearth.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.model.CodeRef;
import dev.hearth.model.Limits;
import dev.hearth.model.SystemClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeStoreIT {
    @TempDir
    Path directory;

    private CodeStore store;

    @BeforeEach
    void openStore() throws IOException {
        store = CodeStore.open(directory, Limits.AWS, SystemClock.INSTANCE);
    }

    @AfterEach
    void makeDeletable() throws IOException {
        Trees.delete(directory.resolve("trees"));
        Trees.delete(directory.resolve("layers"));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static List<String> names(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(path -> root.relativize(path).toString()).sorted().toList();
        }
    }

    @Test
    void packageIsKeptUnderItsDigestAndComesBackByteForByte() throws Exception {
        byte[] zip = Zips.of("app.py", "print(1)");
        CodeRef code = store.put(zip);
        assertThat(code).isEqualTo(new CodeRef(Sha256.of(zip), zip.length));
        assertThat(store.zip(code)).hasBinaryContent(zip);
        assertThat(store.tree(code).resolve("app.py")).hasContent("print(1)");
        assertThat(store.put(zip)).isEqualTo(code);
        assertThat(store.put(new ByteArrayInputStream(zip))).isEqualTo(code);
        assertThat(names(directory.resolve("zips"))).containsExactly("", code.sha256() + ".zip");
    }

    @Test
    void executableBitsAreKeptAndNothingIsWritable() throws Exception {
        byte[] zip = Zips.zip()
                .file("bin/run", 0755, "x")
                .file("bin/group", 0610, "x")
                .file("data.txt", 0644, "x")
                .file("secret", 0600, "x")
                .bytes();
        Path tree = store.tree(store.put(zip));
        assertThat(permissions(tree)).isEqualTo("r-xr-xr-x");
        assertThat(permissions(tree.resolve("bin"))).isEqualTo("r-xr-xr-x");
        assertThat(permissions(tree.resolve("bin/run"))).isEqualTo("r-xr-xr-x");
        assertThat(permissions(tree.resolve("bin/group"))).isEqualTo("r-xr-xr-x");
        assertThat(permissions(tree.resolve("data.txt"))).isEqualTo("r--r--r--");
        assertThat(permissions(tree.resolve("secret"))).isEqualTo("r--r--r--");
    }

    @Test
    void everythingIsExecutableInZipsThatDoNotTell() throws Exception {
        Path tree = store.tree(store.put(
                Zips.zip().file("bootstrap", "#!/bin/sh").file("d/x", "").bytes()));
        assertThat(permissions(tree.resolve("bootstrap"))).isEqualTo("r-xr-xr-x");
        assertThat(permissions(tree.resolve("d/x"))).isEqualTo("r-xr-xr-x");
    }

    @Test
    void timesOfFilesAreThoseOfTheZip() throws Exception {
        Path tree = store.tree(store.put(Zips.of("a.py", "x")));
        assertThat(Files.getLastModifiedTime(tree.resolve("a.py")).toInstant())
                .isEqualTo(Samples.TIME.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    }

    @Test
    void linksThatStayInsideAreKept() throws Exception {
        byte[] zip = Zips.zip()
                .link("lib/libx.so", "libx.so.1")
                .file("lib/libx.so.1", 0755, "code")
                .link("current", "lib")
                .link("lib/dangling", "../nowhere")
                .bytes();
        Path tree = store.tree(store.put(zip));
        assertThat(Files.readSymbolicLink(tree.resolve("lib/libx.so"))).hasToString("libx.so.1");
        assertThat(Files.readString(tree.resolve("current/libx.so"))).isEqualTo("code");
        assertThat(Files.isSymbolicLink(tree.resolve("lib/dangling"))).isTrue();
    }

    @Test
    void plainJarsZip64AndDirectoryEntriesAreTaken() throws Exception {
        var jar = new ByteArrayOutputStream();
        try (var out = new JarOutputStream(jar)) {
            out.putNextEntry(new JarEntry("META-INF/"));
            out.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
            out.write("Manifest-Version: 1.0\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(store.tree(store.put(jar.toByteArray())).resolve("META-INF/MANIFEST.MF"))
                .hasContent("Manifest-Version: 1.0\n");
        byte[] zip64 =
                Zips.zip().zip64().directory("empty").file("日本/ü.txt", "large").bytes();
        Path tree = store.tree(store.put(zip64));
        assertThat(names(tree)).containsExactly("", "empty", "日本", "日本/ü.txt");
        assertThat(tree.resolve("日本/ü.txt")).hasContent("large");
    }

    @Test
    void zipBehindALauncherIsTaken() throws Exception {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("#!/bin/sh\nexec java -jar \"$0\"\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(Zips.of("a", "behind"));
        assertThat(store.tree(store.put(bytes.toByteArray())).resolve("a")).hasContent("behind");
    }

    @Test
    void sameFileTwiceIsTheLaterOne() throws Exception {
        byte[] zip = Zips.zip().file("a", "first").file("a", "second").bytes();
        assertThat(store.tree(store.put(zip)).resolve("a")).hasContent("second");
    }

    @Test
    void laterLayersOverrideEarlierOnes() throws Exception {
        CodeRef one = store.put(Zips.zip()
                .file("both.txt", "one")
                .file("only-one", 0755, "one")
                .file("becomes/dir", "one")
                .file("becomes-file/x", "one")
                .bytes());
        CodeRef two = store.put(Zips.zip()
                .file("both.txt", "two")
                .file("python/lib.py", "two")
                .file("becomes-file", "two")
                .link("link", "both.txt")
                .bytes());
        Path merged = store.layers(List.of(one, two));
        assertThat(names(merged))
                .containsExactly(
                        "",
                        "becomes",
                        "becomes-file",
                        "becomes/dir",
                        "both.txt",
                        "link",
                        "only-one",
                        "python",
                        "python/lib.py");
        assertThat(merged.resolve("both.txt")).hasContent("two");
        assertThat(merged.resolve("link")).hasContent("two");
        assertThat(permissions(merged)).isEqualTo("r-xr-xr-x");
        assertThat(permissions(merged.resolve("python"))).isEqualTo("r-xr-xr-x");
        assertThat(store.layers(List.of(two, one)).resolve("both.txt")).hasContent("one");
        assertThat(store.layers(List.of(one, two))).isEqualTo(merged);
        assertThat(store.layers(List.of(one))).isEqualTo(store.tree(one));
        assertThat(store.tree(one).resolve("both.txt")).hasContent("one");
        assertThat(names(store.layers(List.of()))).containsExactly("");
    }

    @Test
    void linksThatLeadOutOnlyWhenLayersMeetAreRefused() throws Exception {
        CodeRef one =
                store.put(Zips.zip().link("out", "d/../secret").file("d/x", "").bytes());
        CodeRef two = store.put(Zips.zip().link("d2", ".").link("d", ".").bytes());
        assertThatThrownBy(() -> store.layers(List.of(
                        two,
                        store.put(Zips.zip().link("out", "d/../x").file("e", "").bytes()))))
                .hasMessageContaining("'out' is a symbolic link to 'd/../x'");
        assertThat(store.layers(List.of(two, one))).isDirectory(); // here d is a directory again
        assertThat(names(directory.resolve("layers"))).noneMatch(name -> name.startsWith(".new-"));
    }

    @Test
    void manyThreadsUnpackAndMergeOnce() throws Exception {
        byte[] zip = Zips.of("a", "x");
        byte[] other = Zips.of("b", "y");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var merged = new ArrayList<Future<Path>>();
            for (int i = 0; i < 16; i++) {
                merged.add(threads.submit(() -> store.layers(List.of(store.put(zip), store.put(other)))));
            }
            for (Future<Path> path : merged) {
                assertThat(names(path.get())).containsExactly("", "a", "b");
            }
        }
        assertThat(names(directory.resolve("zips"))).hasSize(3);
        assertThat(names(directory.resolve("trees"))).noneMatch(name -> name.startsWith(".new-"));
    }

    @Test
    void unpackedSizeIsThatOfTheFiles() throws Exception {
        assertThat(store.unpackedBytes(store.put(
                        Zips.zip().file("a", "12345").file("d/b", "678").bytes())))
                .isEqualTo(8);
    }

    @Test
    void treeComesBackFromItsZip() throws Exception {
        CodeRef code = store.put(Zips.of("a", "x"));
        Trees.delete(store.tree(code));
        assertThat(store.tree(code).resolve("a")).hasContent("x");
    }

    @Test
    void packageThatIsNotHereIsNamed() {
        assertThatThrownBy(() -> store.tree(Samples.code(7)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(Samples.code(7).sha256())
                .hasMessageContaining("deploy the function or layer again");
    }

    @Test
    void damagedStoredPackageIsThePlatformsFault() throws Exception {
        CodeRef code = store.put(Zips.of("a", "x"));
        Trees.delete(store.tree(code));
        Files.delete(store.zip(code));
        Files.writeString(directory.resolve("zips").resolve(code.sha256() + ".zip"), "rotten");
        assertThatThrownBy(() -> store.tree(code))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("check the disk");
    }

    @Test
    void treesAreMadeAnewAfterAReboot() throws Exception {
        CodeRef code = store.put(Zips.of("a", "x"));
        Files.writeString(directory.resolve("boot"), "another run of the machine");
        store = CodeStore.open(directory, Limits.AWS, SystemClock.INSTANCE);
        assertThat(names(directory.resolve("trees"))).containsExactly("");
        assertThat(store.tree(code).resolve("a")).hasContent("x");
        store.recover(Set.of(code.sha256()));
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("boot", "zips", "trees", "layers");
        }
    }

    @Test
    void recoveryRemovesWhatIsHalfMadeAndWhatNobodyRefersTo() throws Exception {
        CodeRef kept = store.put(Zips.of("a", "kept"));
        CodeRef old = store.put(Zips.of("a", "old"));
        CodeRef fresh = store.put(Zips.of("a", "fresh"));
        store.layers(List.of(kept, fresh));
        Path broken = store.layers(List.of(kept, old));
        Files.setLastModifiedTime(store.zip(old), FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Files.writeString(directory.resolve("zips/.new-crashed-1"), "half");
        Files.createDirectories(directory.resolve("trees/.new-crashed-2/d"));
        Files.createDirectories(directory.resolve("trees/" + Samples.code(9).sha256() + "/d"));
        Trees.closeDirectories(directory.resolve("trees/.new-crashed-2"));

        store.recover(Set.of(kept.sha256()));

        assertThat(names(directory.resolve("zips")))
                .containsExactlyInAnyOrder("", kept.sha256() + ".zip", fresh.sha256() + ".zip");
        try (Stream<Path> trees = Files.list(directory.resolve("trees"))) {
            assertThat(trees).containsExactlyInAnyOrder(store.tree(kept), store.tree(fresh));
        }
        assertThat(broken).doesNotExist();
        assertThat(store.layers(List.of(kept, fresh)).resolve("a")).hasContent("fresh");
    }

    @Test
    void storingAnOldPackageAgainRenewsItsGrace() throws Exception {
        byte[] zip = Zips.of("a", "x");
        CodeRef code = store.put(zip);
        Files.setLastModifiedTime(store.zip(code), FileTime.from(Instant.EPOCH));
        store.put(zip);
        store.recover(Set.of());
        assertThat(store.tree(code)).isDirectory();
        store.recover(Set.of(), Duration.ZERO.minusSeconds(1));
        assertThat(names(directory.resolve("zips"))).containsExactly("");
        assertThat(names(directory.resolve("trees"))).containsExactly("");
    }
}
