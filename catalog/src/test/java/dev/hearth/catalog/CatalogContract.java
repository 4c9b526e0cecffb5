package dev.hearth.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.model.FunctionVersion;
import dev.hearth.model.LayerVersion;
import dev.hearth.model.UpdateStatus;
import dev.hearth.model.VersionState;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every [Catalog] keeps to. An implementation's test extends this and opens its own.
abstract class CatalogContract {
    @TempDir
    Path directory;

    Catalog catalog;

    /// Opens the catalog that is kept in `directory`, made when it is not there.
    abstract Catalog open(Path directory);

    @BeforeEach
    void openCatalog() {
        catalog = open(directory);
    }

    @AfterEach
    void closeCatalog() {
        catalog.close();
    }

    void put(FunctionVersion... versions) {
        catalog.change(t -> {
            List.of(versions).forEach(t::put);
        });
    }

    @Test
    void whatWasWrittenIsThereAfterReopening() {
        put(Samples.latest("f"), Samples.version("f", "1"));
        catalog.write(t -> {
            t.put(Samples.alias("f", "live", "1", Map.of()));
            t.put(Samples.layer("deps", 1));
            t.putTags("f", Map.of("team", "a"));
            t.putReservedConcurrency("f", OptionalInt.of(5));
            return t.takeVersionNumber("f");
        });
        catalog.close();
        catalog = open(directory);
        look(t -> {
            assertThat(t.version("f", "$LATEST")).contains(Samples.latest("f"));
            assertThat(t.version("f", "1")).contains(Samples.version("f", "1"));
            assertThat(t.alias("f", "live")).contains(Samples.alias("f", "live", "1", Map.of()));
            assertThat(t.layerVersion("deps", 1)).contains(Samples.layer("deps", 1));
            assertThat(t.tags("f")).containsExactly(Map.entry("team", "a"));
            assertThat(t.reservedConcurrency("f")).hasValue(5);
        });
        assertThat(catalog.<Long>write(t -> t.takeVersionNumber("f"))).isEqualTo(2);
    }

    @Test
    void recordsOfEveryKindAreThereAfterReopening() {
        catalog.change(t -> {
            t.put(RecordKind.PROVISIONED, "f", "1", Records.PROVISIONED);
            t.put(RecordKind.EVENT_INVOKE, "f", "live", Records.EVENT_INVOKE);
            t.put(RecordKind.URL, "f", "$LATEST", Records.URL);
            t.put(RecordKind.POLICY, "f", "$LATEST", Records.POLICY);
            t.put(RecordKind.RUNTIME_MANAGEMENT, "f", "1", Records.RUNTIME_MANAGEMENT);
            t.put(RecordKind.SCALING, "f", "1", Records.SCALING);
            t.put(RecordKind.RECURSION, "f", "$LATEST", "Allow");
            t.put(RecordKind.CODE_SIGNING, RecordKind.ACCOUNT, "arn:c", Records.CODE_SIGNING);
            t.put(RecordKind.EVENT_SOURCE, RecordKind.ACCOUNT, "u", Records.EVENT_SOURCE);
            t.put(RecordKind.IAM_ROLE, "000000000000", "r", Records.ROLE);
            t.put(RecordKind.IAM_POLICY, "000000000000", "p", Records.MANAGED_POLICY);
        });
        catalog.close();
        catalog = open(directory);
        look(t -> {
            assertThat(t.find(RecordKind.PROVISIONED, "f", "1")).contains(Records.PROVISIONED);
            assertThat(t.find(RecordKind.EVENT_INVOKE, "f", "live")).contains(Records.EVENT_INVOKE);
            assertThat(t.find(RecordKind.URL, "f", "$LATEST")).contains(Records.URL);
            assertThat(t.find(RecordKind.POLICY, "f", "$LATEST")).contains(Records.POLICY);
            assertThat(t.find(RecordKind.RUNTIME_MANAGEMENT, "f", "1")).contains(Records.RUNTIME_MANAGEMENT);
            assertThat(t.find(RecordKind.SCALING, "f", "1")).contains(Records.SCALING);
            assertThat(t.find(RecordKind.RECURSION, "f", "$LATEST")).contains("Allow");
            assertThat(t.list(RecordKind.CODE_SIGNING)).containsExactly(Records.CODE_SIGNING);
            assertThat(t.list(RecordKind.EVENT_SOURCE, RecordKind.ACCOUNT)).containsExactly(Records.EVENT_SOURCE);
            assertThat(t.find(RecordKind.IAM_ROLE, "000000000000", "r")).contains(Records.ROLE);
            assertThat(t.find(RecordKind.IAM_POLICY, "000000000000", "p")).contains(Records.MANAGED_POLICY);
            assertThat(t.find(RecordKind.SCALING, "f", "2")).isEmpty();
        });
    }

    @Test
    void recordsGoWithTheirFunctionVersionOrAlias() {
        put(Samples.latest("f"), Samples.version("f", "1"), Samples.latest("g"));
        catalog.change(t -> {
            for (String key : List.of("$LATEST", "1", "live")) {
                t.put(RecordKind.POLICY, "f", key, Records.POLICY);
            }
            t.put(RecordKind.POLICY, "g", "1", Records.POLICY);
            t.put(RecordKind.LAYER_POLICY, "f", "1", Records.POLICY);
            t.put(RecordKind.EVENT_SOURCE, RecordKind.ACCOUNT, "u", Records.EVENT_SOURCE);
            t.deleteVersion("f", "1");
            t.deleteAlias("f", "live");
        });
        look(t -> assertThat(t.list(RecordKind.POLICY, "f")).hasSize(1));
        catalog.change(t -> t.deleteFunction("f"));
        look(t -> {
            assertThat(t.list(RecordKind.POLICY, "f")).isEmpty();
            assertThat(t.list(RecordKind.POLICY)).hasSize(1);
            assertThat(t.list(RecordKind.LAYER_POLICY, "f")).hasSize(1);
            assertThat(t.list(RecordKind.EVENT_SOURCE)).hasSize(1);
        });
        catalog.change(t -> t.deleteLayerVersion("f", 1));
        look(t -> assertThat(t.list(RecordKind.LAYER_POLICY)).isEmpty());
    }

    @Test
    void provisionedConcurrencyIsSharedOutByAliasWeights() {
        put(Samples.latest("f"), Samples.version("f", "1"), Samples.version("f", "2"));
        catalog.change(t -> {
            t.put(Samples.alias("f", "live", "1", Map.of("2", 0.3)));
            t.put(RecordKind.PROVISIONED, "f", "live", Records.provisioned("live", 10));
            t.put(RecordKind.PROVISIONED, "f", "2", Records.provisioned("2", 5));
            t.put(RecordKind.PROVISIONED, "f", "7", Records.provisioned("7", 5));
        });
        look(t -> assertThat(t.provisioned())
                .containsExactly(
                        new ProvisionedVersion(Samples.version("f", "1"), 7),
                        new ProvisionedVersion(Samples.version("f", "2"), 8)));
    }

    @Test
    void functionsAreListedByNameInPages() {
        for (String name : List.of("b", "a", "d", "c", "C")) {
            put(Samples.latest(name), Samples.version(name, "1"));
        }
        assertThat(names(catalog.<List<FunctionVersion>>read(t -> t.functions("", 3))))
                .containsExactly("C", "a", "b");
        assertThat(names(catalog.<List<FunctionVersion>>read(t -> t.functions("b", 3))))
                .containsExactly("c", "d");
        assertThat(names(catalog.<List<FunctionVersion>>read(t -> t.functions("d", 3))))
                .isEmpty();
        assertThat(catalog.<Integer>read(CatalogTransaction::functionCount)).isEqualTo(5);
    }

    @Test
    void versionsAreListedLatestFirstThenByNumber() {
        for (String version : List.of("10", "2", "$LATEST", "1")) {
            put(Samples.version("f", version));
        }
        put(Samples.version("g", "3"));
        assertThat(catalog.<List<FunctionVersion>>read(t -> t.versions("f")))
                .extracting(FunctionVersion::version)
                .containsExactly("$LATEST", "1", "2", "10");
    }

    @Test
    void versionsThatCannotExistAreNotFound() {
        put(Samples.latest("f"), Samples.version("f", "1"));
        for (String version : List.of("", "0", "01", "latest", "-1", "2", "99999999999999999999")) {
            assertThat(catalog.<Optional<FunctionVersion>>read(t -> t.version("f", version)))
                    .as(version)
                    .isEmpty();
            catalog.change(t -> {
                t.deleteVersion("f", version);
            });
        }
        assertThat(catalog.<List<FunctionVersion>>read(t -> t.versions("f"))).hasSize(2);
    }

    @Test
    void versionNumbersAreNeverUsedTwice() {
        assertThat(catalog.<Long>write(t -> t.takeVersionNumber("f"))).isEqualTo(1);
        put(Samples.latest("f"), Samples.version("f", "1"));
        catalog.change(t -> {
            t.deleteVersion("f", "1");
        });
        assertThat(catalog.<Long>write(t -> t.takeVersionNumber("f"))).isEqualTo(2);
        catalog.change(t -> {
            t.deleteFunction("f");
        });
        assertThat(catalog.<Long>write(t -> t.takeVersionNumber("f"))).isEqualTo(3);
        assertThat(catalog.<Long>write(t -> t.takeVersionNumber("g"))).isEqualTo(1);
        assertThat(catalog.<Long>write(t -> t.takeLayerVersionNumber("f"))).isEqualTo(1);
    }

    @Test
    void deletedFunctionTakesEverythingOfItsOwnAndNothingElse() {
        for (String name : List.of("f", "g")) {
            put(Samples.latest(name), Samples.version(name, "1"));
            catalog.change(t -> {
                t.put(Samples.alias(name, "live", "1", Map.of()));
                t.putTags(name, Map.of("k", "v"));
                t.putReservedConcurrency(name, OptionalInt.of(10));
            });
        }
        catalog.change(t -> {
            t.deleteFunction("f");
        });
        look(t -> {
            assertThat(t.versions("f")).isEmpty();
            assertThat(t.aliases("f")).isEmpty();
            assertThat(t.tags("f")).isEmpty();
            assertThat(t.reservedConcurrency("f")).isEmpty();
            assertThat(t.versions("g")).hasSize(2);
            assertThat(t.aliases("g")).hasSize(1);
            assertThat(t.totalReservedConcurrency()).isEqualTo(10);
        });
    }

    @Test
    void layersShowTheirNewestVersion() {
        catalog.change(t -> {
            List.of(1L, 2L, 10L).forEach(number -> t.put(Samples.layer("b", number)));
            t.put(Samples.layer("a", 1));
        });
        assertThat(catalog.<List<LayerVersion>>read(t -> t.layers("", 10)))
                .containsExactly(Samples.layer("a", 1), Samples.layer("b", 10));
        assertThat(catalog.<List<LayerVersion>>read(t -> t.layers("a", 10))).containsExactly(Samples.layer("b", 10));
        assertThat(catalog.<List<LayerVersion>>read(t -> t.layerVersions("b")))
                .containsExactly(Samples.layer("b", 10), Samples.layer("b", 2), Samples.layer("b", 1));
        catalog.change(t -> {
            t.deleteLayerVersion("b", 10);
        });
        assertThat(catalog.<List<LayerVersion>>read(t -> t.layers("a", 10))).containsExactly(Samples.layer("b", 2));
    }

    @Test
    void tagsKeepTheirOrder() {
        var tags = new LinkedHashMap<String, String>();
        tags.put("z", "1");
        tags.put("a", "2");
        catalog.change(t -> {
            t.putTags("f", Map.of("gone", "x"));
            t.putTags("f", tags);
        });
        assertThat(catalog.<Map<String, String>>read(t -> t.tags("f")))
                .containsExactly(Map.entry("z", "1"), Map.entry("a", "2"));
    }

    @Test
    void codeStaysReferredToAsLongAsAnythingUsesIt() {
        put(Samples.latest("f"));
        catalog.change(t -> {
            t.put(Samples.layer("deps", 1));
        });
        Set<String> all = Set.of(
                Samples.code(1).sha256(),
                Samples.code(200).sha256(),
                Samples.code(300).sha256());
        assertThat(catalog.<Set<String>>read(CatalogTransaction::referencedCode))
                .isEqualTo(all);
        assertThat(catalog.<Long>read(CatalogTransaction::totalCodeSize)).isEqualTo(101 + 300);
        catalog.change(t -> {
            t.deleteLayerVersion("deps", 1);
        });
        // 300 is the code of a layer version that is not in the catalog any more, but in use
        assertThat(catalog.<Set<String>>read(CatalogTransaction::referencedCode))
                .containsExactlyInAnyOrder(
                        Samples.code(1).sha256(), Samples.code(300).sha256());
        catalog.change(t -> {
            t.deleteFunction("f");
        });
        assertThat(catalog.<Set<String>>read(CatalogTransaction::referencedCode))
                .isEmpty();
        assertThat(catalog.<Long>read(CatalogTransaction::totalCodeSize)).isZero();
    }

    @Test
    void unfinishedVersionsAreFound() {
        var pending = Samples.latest("a").withState(VersionState.Pending.CREATING);
        var updating = Samples.latest("b").withUpdateStatus(UpdateStatus.InProgress.UPDATING);
        put(pending, updating, Samples.latest("c"));
        assertThat(catalog.<List<FunctionVersion>>read(CatalogTransaction::unfinished))
                .containsExactly(pending, updating);
        put(Samples.latest("a"), Samples.latest("b"));
        assertThat(catalog.<List<FunctionVersion>>read(CatalogTransaction::unfinished))
                .isEmpty();
    }

    @Test
    void reachableVersionsComeNewestFirstAndWithoutThoseOfATag() {
        put(
                Samples.latest("old"),
                Samples.version("old", "1"),
                modified(Samples.latest("aliased"), 1),
                modified(Samples.version("aliased", "1"), 2),
                modified(Samples.latest("lazy"), 3),
                modified(Samples.latest("tagged"), 4));
        catalog.write(t -> {
            t.put(Samples.alias("aliased", "live", "1", Map.of()));
            t.putTags("lazy", Map.of("init", "Lazy"));
            t.putTags("tagged", Map.of("init", "eager", "other", "lazy"));
            return t;
        });
        assertThat(catalog.<List<VersionName>>read(t -> t.reachable("init", "lazy")))
                .containsExactly(
                        new VersionName("tagged", "$LATEST"),
                        new VersionName("aliased", "1"),
                        new VersionName("aliased", "$LATEST"),
                        new VersionName("old", "$LATEST"));
    }

    private static FunctionVersion modified(FunctionVersion version, int seconds) {
        return version.revised("revision-" + seconds, Samples.TIME.plusSeconds(seconds));
    }

    @Test
    void failedWriteChangesNothing() {
        put(Samples.latest("f"));
        assertThatThrownBy(() -> catalog.write(t -> {
                    t.deleteFunction("f");
                    t.takeVersionNumber("f");
                    throw new IllegalStateException("stop");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("stop");
        assertThat(catalog.<Optional<FunctionVersion>>read(t -> t.version("f", "$LATEST")))
                .isPresent();
        assertThat(catalog.<Long>write(t -> t.takeVersionNumber("f"))).isEqualTo(1);
    }

    @Test
    void readMustNotChangeAnything() {
        assertThatThrownBy(() -> look(t -> {
                    t.put(Samples.latest("f"));
                }))
                .isInstanceOf(RuntimeException.class);
        assertThat(catalog.<List<FunctionVersion>>read(t -> t.versions("f"))).isEmpty();
        put(Samples.latest("f"));
    }

    @Test
    void readSeesOneStateWhileWritesGoOn() throws Exception {
        put(Samples.latest("f"));
        var reading = new CountDownLatch(1);
        var written = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> reader = threads.submit(() -> catalog.read(t -> {
                var before = t.versions("f");
                reading.countDown();
                await(written);
                return before.equals(t.versions("f")) && before.size() == 1;
            }));
            await(reading);
            put(Samples.version("f", "1"));
            written.countDown();
            assertThat(reader.get()).isTrue();
        }
        assertThat(catalog.<List<FunctionVersion>>read(t -> t.versions("f"))).hasSize(2);
    }

    @Test
    void manyWritersDoNotLoseAnything() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                String name = "f" + i;
                threads.execute(() -> put(Samples.latest(name)));
                threads.execute(() -> catalog.write(t -> t.takeVersionNumber("shared")));
                threads.execute(() -> catalog.read(t -> t.functions("", 100)));
            }
        }
        assertThat(catalog.<Integer>read(CatalogTransaction::functionCount)).isEqualTo(20);
        assertThat(catalog.<Long>write(t -> t.takeVersionNumber("shared"))).isEqualTo(21);
    }

    @Test
    void qualifiersLeadToVersions() {
        put(Samples.latest("f"), Samples.version("f", "1"), Samples.version("f", "2"));
        catalog.change(t -> {
            t.put(Samples.alias("f", "live", "1", Map.of("2", 0.25)));
            t.put(Samples.alias("f", "broken", "9", Map.of()));
            t.putReservedConcurrency("f", OptionalInt.of(3));
        });
        assertThat(catalog.resolve("f", "$LATEST").orElseThrow().primary()).isEqualTo(Samples.latest("f"));
        assertThat(catalog.resolve("f", "2").orElseThrow().primary().version()).isEqualTo("2");
        Resolution live = catalog.resolve("f", "live").orElseThrow();
        assertThat(live.primary().version()).isEqualTo("1");
        assertThat(live.secondary().orElseThrow().version()).isEqualTo("2");
        assertThat(live.secondaryWeight()).isEqualTo(0.25);
        assertThat(live.reservedConcurrency()).hasValue(3);
        assertThat(live.pick(0.24).version()).isEqualTo("2");
        assertThat(live.pick(0.25).version()).isEqualTo("1");
        for (String qualifier : List.of("broken", "3", "nothing", "")) {
            assertThat(catalog.resolve("f", qualifier)).as(qualifier).isEmpty();
        }
        assertThat(catalog.resolve("g", "$LATEST")).isEmpty();
    }

    @Test
    void resolutionFollowsEveryKindOfWrite() {
        assertThat(catalog.resolve("f", "$LATEST")).isEmpty();
        put(Samples.latest("f"), Samples.version("f", "1"), Samples.version("f", "2"));
        assertThat(catalog.resolve("f", "$LATEST")).isPresent();
        catalog.change(t -> {
            t.put(Samples.alias("f", "live", "1", Map.of()));
        });
        assertThat(catalog.resolve("f", "live").orElseThrow().primary().version())
                .isEqualTo("1");
        catalog.change(t -> {
            t.put(Samples.alias("f", "live", "2", Map.of()));
            t.putReservedConcurrency("f", OptionalInt.of(1));
        });
        assertThat(catalog.resolve("f", "live").orElseThrow().primary().version())
                .isEqualTo("2");
        assertThat(catalog.resolve("f", "$LATEST").orElseThrow().reservedConcurrency())
                .hasValue(1);
        catalog.change(t -> {
            t.deleteAlias("f", "live");
            t.deleteVersion("f", "2");
        });
        assertThat(catalog.resolve("f", "live")).isEmpty();
        assertThat(catalog.resolve("f", "2")).isEmpty();
        catalog.change(t -> {
            t.deleteFunction("f");
        });
        assertThat(catalog.resolve("f", "$LATEST")).isEmpty();
    }

    /// A resolution that starts after a write returned shows that write, however many others are loading.
    @Test
    void resolutionIsNeverOlderThanTheLastWriteThatReturned() throws Exception {
        put(Samples.latest("f"));
        var done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3; i++) {
                threads.execute(() -> {
                    while (!done.get()) {
                        catalog.resolve("f", "$LATEST");
                    }
                });
            }
            try {
                for (int i = 0; i < 200; i++) {
                    String revision = "revision-" + i;
                    put(Samples.latest("f").revised(revision, Samples.TIME));
                    assertThat(catalog.resolve("f", "$LATEST")
                                    .orElseThrow()
                                    .primary()
                                    .revisionId())
                            .isEqualTo(revision);
                }
            } finally {
                done.set(true);
            }
        }
    }

    @Test
    void closedCatalogRefusesWorkAndMayBeClosedAgain() {
        put(Samples.latest("f"));
        catalog.close();
        catalog.close();
        assertThatThrownBy(() -> put(Samples.latest("f"))).isInstanceOf(CatalogException.class);
        assertThatThrownBy(() -> catalog.read(t -> t.versions("f"))).isInstanceOf(CatalogException.class);
    }

    void look(Consumer<CatalogTransaction> work) {
        assertThat(catalog.<Boolean>read(t -> {
                    work.accept(t);
                    return true;
                }))
                .isTrue();
    }

    static List<String> names(List<FunctionVersion> functions) {
        return functions.stream().map(FunctionVersion::name).toList();
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, java.util.concurrent.TimeUnit.SECONDS)) {
                throw new AssertionError("waited for 60 s");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
