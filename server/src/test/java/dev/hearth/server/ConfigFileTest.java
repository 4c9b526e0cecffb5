package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.events.EventsConfig;
import dev.hearth.identity.KnownKey;
import dev.hearth.model.ByteSize;
import dev.hearth.sandbox.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    private Path directory;

    @Test
    void withoutAFileEverythingHasItsDefault() throws Exception {
        ServerConfig config = ConfigFile.read(Optional.empty());
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(9000);
        assertThat(config.accessKeys()).isEmpty();
        assertThat(config.allowWeakIsolation()).isFalse();
        assertThat(config.reportOrigin()).isFalse();
    }

    @Test
    void everyKeyIsReadWhereItBelongs() throws Exception {
        ServerConfig config = read("""
                port: 9100
                data: /srv/hearth
                aws: {region: eu-central-1, account: "123456789012"}
                accessKeys: [{id: AKIA1, secret: hush}, {id: AKIA2, secret: hush, account: "210987654321"}]
                engine: {network: none, maxInstances: 7, queueWaitSeconds: 3, standbys: {freezeAfterMillis: 50, memoryMb: 64}, stems: {perKind: 3}}
                limits: {accountConcurrency: 12, initSeconds: 4, codeStorageMb: 7, codeUnpackedMb: 6, layers: 8, environmentKb: 9, unreservedConcurrency: 1}
                events: {maxEvents: 5, maxMb: 2, concurrency: 3, functionConcurrency: 1, retryDelaySeconds: 4, maxKept: 6, keepDays: 7}
                isolation: {allowWeak: true}
                s3: {endpoint: "http://127.0.0.1:9100"}
                runtimePaths: [/opt/python]
                report-origin: true
                """);
        assertThat(config.port()).isEqualTo(9100);
        assertThat(config.data()).isEqualTo(Path.of("/srv/hearth"));
        assertThat(config.scope().region()).isEqualTo("eu-central-1");
        assertThat(config.accessKeys()).extracting(KnownKey::account).containsExactly("123456789012", "210987654321");
        assertThat(config.engine().network()).isEqualTo(Network.NONE);
        assertThat(config.engine().maxInstances()).isEqualTo(7);
        assertThat(config.engine().queueWait()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.engine().standbys().freezeAfter()).isEqualTo(Duration.ofMillis(50));
        assertThat(config.engine().standbys().memory()).isEqualTo(ByteSize.ofMib(64));
        assertThat(config.engine().standbys().enabled()).isTrue();
        assertThat(config.engine().stemsPerKind()).isEqualTo(3);
        assertThat(config.engine().limits().accountConcurrency()).isEqualTo(12);
        assertThat(config.engine().limits().initTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.engine().limits().codeStorage()).isEqualTo(ByteSize.ofMib(7));
        assertThat(config.engine().limits().codeUnpacked()).isEqualTo(ByteSize.ofMib(6));
        assertThat(config.engine().limits().layers()).isEqualTo(8);
        assertThat(config.engine().limits().environment()).isEqualTo(ByteSize.ofKib(9));
        assertThat(config.engine().limits().unreservedMinimum()).isEqualTo(1);
        assertThat(config.events())
                .isEqualTo(new EventsConfig(
                        5,
                        ByteSize.ofMib(2),
                        3,
                        1,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(5),
                        6,
                        Duration.ofDays(7)));
        assertThat(config.allowWeakIsolation()).isTrue();
        assertThat(config.s3()).isPresent();
        assertThat(config.runtimePaths()).containsExactly(Path.of("/opt/python"));
        assertThat(config.reportOrigin()).isTrue();
    }

    @Test
    void secretsAreNotPrinted() throws Exception {
        assertThat(read("accessKeys: [{id: AKIA1, secret: hush}]").toString()).doesNotContain("hush");
    }

    @Test
    void allMistakesAreToldAtOnceWithWhatWasMeant() {
        assertThatThrownBy(() -> read("""
                prot: 9000
                host: [a]
                engine: {maxInstances: 0, network: some}
                aws: {account: 12}
                accessKeys: [{id: x}, {id: y, secret: z, account: 12}, {id: y, secret: z}]
                """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("prot is not a setting; did you mean 'port'?")
                .hasMessageContaining("host must be text")
                .hasMessageContaining("engine.maxInstances must be a whole number from 1 to 100000, not '0'")
                .hasMessageContaining("engine.network must be one of none, outbound, not 'some'")
                .hasMessageContaining("aws.account must be twelve digits")
                .hasMessageContaining("accessKeys[0].id and secret must both be set")
                .hasMessageContaining("accessKeys[1].account must be twelve digits")
                .hasMessageContaining("accessKeys[2].id must be another: 'y' is there already");
    }

    @Test
    void fileThatIsNotYamlIsRefusedByName() {
        assertThatThrownBy(() -> read("{a: [}")).hasMessageContaining("it is not YAML");
        assertThatThrownBy(() -> read("just text")).hasMessageContaining("it must hold `key: value` lines");
    }

    @Test
    void fileThatIsMissingIsNamed() {
        Path missing = directory.resolve("missing.yaml");
        assertThatThrownBy(() -> ConfigFile.read(Optional.of(missing))).hasMessageContaining(missing.toString());
    }

    private ServerConfig read(String yaml) throws ConfigException, IOException {
        return ConfigFile.read(Optional.of(Files.writeString(directory.resolve("hearth.yaml"), yaml)));
    }
}
