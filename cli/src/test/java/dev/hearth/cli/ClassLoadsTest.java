package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.cli.LoadTrace.Load;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Parts of what JDK 25 wrote of the example function java-csv.
class ClassLoadsTest {
    private static LoadTrace trace = new LoadTrace(List.of(), java.util.Set.of());
    private static List<DependencyCost> costs = List.of();

    @BeforeAll
    static void read() throws IOException {
        trace = ClassLoads.parse(Recorded.lines("jdk-25.log"));
        String ownJar =
                text(Recorded.zip("example/CsvStatistics.class", "", "example/CsvStatistics$Request.class", ""));
        byte[] zip = Recorded.zip("lib/csv-statistics.jar", ownJar);
        costs = Attribution.of(trace, new JavaOwners(PackageFiles.of(zip), "example.CsvStatistics::handleRequest"));
    }

    @Test
    void timeSinceTheClassBeforeIsTakenForAClass() {
        assertThat(load("example.CsvStatistics").selfNanos()).isEqualTo(227_108_847 - 226_957_332);
        assertThat(load("java.lang.Object").selfNanos()).isZero();
    }

    @Test
    void workOfTheHandlerBetweenTwoClassesIsNotLoading() {
        assertThat(load("dev.hearth.runtime.java.InvocationContext").firstCall())
                .isTrue();
        assertThat(load("dev.hearth.runtime.java.InvocationContext").selfNanos())
                .isZero();
        assertThat(load("org.apache.commons.csv.CSVException").selfNanos()).isEqualTo(1_395_925_660 - 1_395_455_181);
    }

    @Test
    void classesCountToTheirJarAndThoseMadeForLambdasToTheirClass() {
        DependencyCost csv = Recorded.named(costs, "commons-csv-1.14.1");

        assertThat(csv.owner().kind()).isEqualTo(Owner.Kind.PACKAGE);
        assertThat(csv.places()).containsExactly("example.CsvStatistics");
        assertThat(csv.firstCall()).isFalse();
        assertThat(Recorded.named(costs, "your code").modules()).isEqualTo(5);
    }

    @Test
    void jdkIsNoDependencyThatCanBeRemoved() {
        DependencyCost jdk = Recorded.named(costs, "JDK");

        assertThat(jdk.savedNanos()).isZero();
        assertThat(Advice.on(jdk, Instrument.JAVA)).contains("comes with the runtime");
    }

    @Test
    void inAJarOfEverythingThePackageTells() {
        var owners = new JavaOwners(
                PackageFiles.of(Recorded.zip(
                        "com/acme/orders/Handler.class", "",
                        "com/acme/orders/model/Order.class", "",
                        "com/fasterxml/jackson/databind/ObjectMapper.class", "")),
                "com.acme.orders.Handler");

        assertThat(owners.ownerOf(loaded("com.acme.orders.model.Order", "file:/var/task/")))
                .isEqualTo(Owner.OWN);
        assertThat(owners.ownerOf(loaded("com.fasterxml.jackson.databind.ObjectMapper", "shared objects file")))
                .as("a cache does not say which jar")
                .isEqualTo(Owner.ofPackage("com.fasterxml.jackson"));
        assertThat(owners.ownerOf(loaded("dev.hearth.runtime.java.PlainCodec", "shared objects file (top)")))
                .isEqualTo(Owner.ofRuntime("Hearth's bootstrap"));
        assertThat(owners.ownerOf(
                        loaded("java.lang.invoke.LambdaForm$MH/0x000000005a0dd000", "__JVM_LookupDefineClass__")))
                .isEqualTo(Owner.ofRuntime("JDK"));
        assertThat(owners.ownerOf(loaded("x.Y", "file:/opt/java/lib/tools-1.jar")))
                .isEqualTo(Owner.ofPackage("tools-1"));
    }

    private static Load load(String name) {
        return trace.loads().stream()
                .filter(load -> load.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Load loaded(String name, String source) {
        return new Load(name, source, LoadTrace.NO_PARENT, 1, false);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
