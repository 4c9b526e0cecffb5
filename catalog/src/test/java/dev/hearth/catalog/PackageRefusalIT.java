package dev.hearth.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.model.ApiException;
import dev.hearth.model.ByteSize;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.Limits;
import dev.hearth.model.SystemClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packages that must not be taken. After each, nothing is left in the store or beside it.
class PackageRefusalIT {
    private static final String UNREADABLE =
            "Could not unzip uploaded file. Please check your file, then try to upload again.";
    private static final int UNPACKED_LIMIT = 1_000_000;
    private static final int ZIP_LIMIT = 300_000;

    @TempDir
    Path parent;

    private Path directory;
    private CodeStore store;

    @BeforeEach
    void openStore() throws IOException {
        directory = parent.resolve("a/b/store");
        store = CodeStore.open(directory, smallLimits(), SystemClock.INSTANCE);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        try (Stream<Path> all = Files.walk(parent)) {
            assertThat(all.filter(path -> !path.startsWith(directory.resolve("trees"))
                                    || path.toString().contains(".new-"))
                            .map(path -> parent.relativize(path).toString())
                            .filter(path -> !path.endsWith(".zip")))
                    .containsExactlyInAnyOrder(
                            "", "a", "a/b", "a/b/store", "a/b/store/boot", "a/b/store/zips", "a/b/store/layers");
        }
        Trees.delete(directory.resolve("trees"));
    }

    private static Limits smallLimits() {
        Limits aws = Limits.AWS;
        return new Limits(
                aws.requestPayload(),
                aws.asyncPayload(),
                aws.responseStream(),
                ByteSize.ofBytes(ZIP_LIMIT),
                ByteSize.ofBytes(UNPACKED_LIMIT),
                aws.codeStorage(),
                aws.environment(),
                aws.layers(),
                aws.memoryMin(),
                aws.memoryMax(),
                aws.tmpMin(),
                aws.tmpMax(),
                aws.timeoutMax(),
                aws.initTimeout(),
                aws.logLine(),
                aws.accountConcurrency(),
                aws.unreservedMinimum(),
                aws.queuedInvocations(),
                aws.openFiles(),
                aws.processes());
    }

    private AbstractThrowableAssert<?, ?> refused(byte[] zip) {
        return assertThatThrownBy(() -> store.put(zip))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
    }

    @Test
    void whatIsNoZipIsRefusedInAwsWords() {
        refused("this is no zip".getBytes(StandardCharsets.UTF_8)).hasMessage(UNREADABLE);
        refused(new byte[100_000]).hasMessage(UNREADABLE);
        refused(Arrays.copyOf(Zips.of("a", "x"), 60)).hasMessage(UNREADABLE);
    }

    @Test
    void emptyZipsAreRefusedInAwsWords() {
        refused(new byte[0]).hasMessage("Uploaded file must be a non-empty zip");
        refused(Zips.zip().bytes()).hasMessage("Uploaded file must be a non-empty zip");
    }

    @Test
    void pathsOutOfTheTreeAreRefused() {
        refused(Zips.of("../evil", "x")).hasMessageContaining("'../evil'").hasMessageContaining("leads out");
        refused(Zips.of("a/../../evil", "x")).hasMessageContaining("leads out");
        refused(Zips.of("/evil", "x")).hasMessageContaining("not a relative path");
        refused(Zips.of("C:/evil", "x")).hasMessageContaining("not a relative path");
        // the library turns backslashes round by itself
        refused(renamed(Zips.of("d_evil", "x"), "d_evil", "d\\evil")).hasMessageContaining("not a relative path");
    }

    @Test
    void linksOutOfTheTreeAreRefused() {
        refused(Zips.zip().link("out", "/etc/passwd").bytes())
                .hasMessageContaining("'/etc/passwd', out of the package");
        refused(Zips.zip().link("d/out", "../../x").bytes()).hasMessageContaining("out of the package");
        refused(Zips.zip().link("here", ".").link("out", "here/../x").bytes()).hasMessageContaining("'out'");
        refused(Zips.zip().link("a", "b").link("b", "a").bytes()).hasMessageContaining("out of the package");
        refused(Zips.zip().link("a", "").bytes()).hasMessageContaining("without a usable target");
        refused(Zips.zip().link("a", "x".repeat(5_000)).bytes()).hasMessageContaining("without a usable target");
    }

    @Test
    void nothingIsWrittenThroughALink() {
        refused(Zips.zip().link("d", "e").file("d/x", "x").bytes()).hasMessageContaining("symbolic link 'd'");
        refused(Zips.zip().file("d/x", "x").link("d", "e").bytes()).hasMessageContaining("both as");
        refused(Zips.zip().link("f", "e").file("f", "x").bytes()).hasMessageContaining("symbolic link 'f'");
        refused(Zips.zip().file("f", "x").link("f", "e").bytes()).hasMessageContaining("both as");
        refused(Zips.zip().link("f", "e").link("f", "g").bytes()).hasMessageContaining("symbolic link 'f'");
    }

    @Test
    void onePathIsNotFileAndDirectory() {
        refused(Zips.zip().file("a", "x").file("a/b", "x").bytes()).hasMessageContaining("both as");
        refused(Zips.zip().file("a/b", "x").file("a", "x").bytes()).hasMessageContaining("both as");
    }

    @Test
    void devicesAndPipesAreRefused() {
        refused(Zips.zip().entry("pipe", Zips.PIPE | 0644, new byte[0]).bytes())
                .hasMessageContaining("'pipe' is a device, pipe or socket");
    }

    @Test
    void namesInOtherEncodingsAreRefused() {
        refused(Zips.zip().names(StandardCharsets.ISO_8859_1).file("grün", "x").bytes())
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void unpackedSizeIsLimitedWhateverTheZipClaims() throws Exception {
        byte[] fits = Zips.zip().entry("a", 0, new byte[UNPACKED_LIMIT]).bytes();
        assertThat(store.unpackedBytes(store.put(fits))).isEqualTo(UNPACKED_LIMIT);
        String message = "Unzipped size must be smaller than " + UNPACKED_LIMIT + " bytes";
        refused(Zips.zip().entry("a", 0, new byte[UNPACKED_LIMIT + 1]).bytes()).hasMessage(message);
        byte[] half = new byte[UNPACKED_LIMIT / 2 + 1];
        refused(Zips.zip().entry("a", 0, half).entry("b", 0, half).bytes()).hasMessage(message);
        // claims ten bytes, holds a megabyte
        refused(withClaimedSize(
                        Zips.zip().entry("a", 0, new byte[UNPACKED_LIMIT * 2]).bytes(), 10))
                .hasMessage(UNREADABLE);
    }

    @Test
    void filesAndDirectoriesAreLimitedBothWithAndWithoutEntriesOfTheirOwn() {
        Zips many = Zips.zip();
        for (int i = 0; i < 1_700; i++) {
            many.file(i + "/d".repeat(62) + "/f", "");
        }
        byte[] zip = many.bytes();
        assertThatThrownBy(() -> store.put(new ByteArrayInputStream(zip)))
                .hasMessageContaining("more than 100000 files and directories");
    }

    @Test
    void zipsAreTakenUpToTheLimitAndNotPastIt() throws Exception {
        byte[] noise = new byte[ZIP_LIMIT];
        new Random(1).nextBytes(noise);
        int overhead = Zips.zip().entry("a", 0, noise).bytes().length - ZIP_LIMIT;
        byte[] fits = Zips.zip()
                .entry("a", 0, Arrays.copyOf(noise, ZIP_LIMIT - overhead))
                .bytes();
        byte[] exact = withComment(fits, ZIP_LIMIT - fits.length);
        assertThat(exact).hasSize(ZIP_LIMIT);
        assertThat(store.put(exact).size()).isEqualTo(ZIP_LIMIT);
        assertThatThrownBy(() -> store.put(withComment(fits, ZIP_LIMIT - fits.length + 1)))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_ENTITY_TOO_LARGE));
    }

    @Test
    void damagedContentIsRefused() {
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        byte[] zip = Zips.zip().entry("a", 0, noise).bytes();
        zip[5_000] ^= 1;
        refused(zip).hasMessage(UNREADABLE);
    }

    /// Whatever becomes of the bytes of a zip: it is taken, or refused as the caller's fault, never an error of
    /// ours, and never leaves anything outside.
    @Test
    void randomlyDamagedZipsAreTakenOrRefusedByName() throws Exception {
        byte[] good = Zips.zip()
                .file("bin/run", 0755, "content ".repeat(50))
                .link("lib", "bin")
                .directory("empty")
                .zip64()
                .file("d/e/f", "x")
                .bytes();
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] bad = good.clone();
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                store.put(bad);
            } catch (ApiException e) {
                refused++;
                assertThat(e.code()).as("seed %s round %s", seed, i).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE);
            } catch (IOException | RuntimeException e) {
                throw new AssertionError("seed " + seed + " round " + i, e);
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    private static byte[] renamed(byte[] zip, String from, String to) {
        String text = new String(zip, StandardCharsets.ISO_8859_1);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] withClaimedSize(byte[] zip, int bytes) {
        var buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int central = buffer.getInt(zip.length - 6);
        buffer.putInt(central + 24, bytes);
        return zip;
    }

    private static byte[] withComment(byte[] zip, int length) {
        var out = new ByteArrayOutputStream();
        out.write(zip, 0, zip.length - 2);
        out.write(length & 255);
        out.write(length >> 8);
        out.writeBytes(new byte[length]);
        return out.toByteArray();
    }
}
