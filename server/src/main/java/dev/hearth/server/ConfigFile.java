package dev.hearth.server;

import dev.hearth.engine.EngineConfig;
import dev.hearth.engine.StandbyConfig;
import dev.hearth.events.EventsConfig;
import dev.hearth.identity.AccessKey;
import dev.hearth.identity.KnownKey;
import dev.hearth.model.ByteSize;
import dev.hearth.model.Limits;
import dev.hearth.model.Scope;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the YAML configuration file. Its keys are declared here and nowhere else.
final class ConfigFile {
    private static final int PORT_MAX = 65_535;

    private ConfigFile() {}

    /// @param file the file; empty for all defaults
    /// @throws ConfigException when it cannot be read or holds mistakes; names all of them
    static ServerConfig read(Optional<Path> file) throws ConfigException {
        Map<String, Object> values = file.isPresent() ? load(file.get()) : Map.of();
        ConfigSection root = ConfigSection.root(values);
        ServerConfig config = bind(root);
        List<String> errors = root.finish();
        if (!errors.isEmpty()) {
            throw new ConfigException("Cannot use " + file.map(Path::toString).orElse("the configuration") + ":\n  "
                    + String.join("\n  ", errors));
        }
        return config;
    }

    private static ServerConfig bind(ConfigSection root) {
        ConfigSection isolation = root.section("isolation");
        Scope scope = scope(root.section("aws"));
        return new ServerConfig(
                root.text("host", ServerConfig.DEFAULT_HOST),
                root.integer("port", ServerConfig.DEFAULT_PORT, 0, PORT_MAX),
                root.text("data").map(Path::of).orElseGet(ServerConfig::defaultData),
                scope,
                accessKeys(root, scope.account()),
                engine(root.section("engine"), root.section("limits")),
                events(root.section("events")),
                isolation.flag("allowWeak", false),
                s3(root.section("s3")),
                root.texts("runtimePaths").stream().map(Path::of).toList(),
                root.flag("report-origin", false));
    }

    private static Scope scope(ConfigSection aws) {
        Scope byDefault = Scope.DEFAULT;
        return new Scope(
                aws.text("partition", byDefault.partition()),
                aws.text("region", byDefault.region()),
                account(aws, byDefault.account()));
    }

    private static String account(ConfigSection section, String byDefault) {
        String account = section.text("account", byDefault);
        if (!account.matches("\\d{12}")) {
            section.error(
                    "account", "must be twelve digits in quotes, such as \"000000000000\", not '" + account + "'");
        }
        return account;
    }

    private static List<KnownKey> accessKeys(ConfigSection root, String account) {
        var keys = new LinkedHashMap<String, KnownKey>();
        for (ConfigSection section : root.sections("accessKeys")) {
            var known = new KnownKey(accessKey(section), account(section, account));
            if (keys.put(known.key().id(), known) != null) {
                section.error("id", "must be another: '" + known.key().id() + "' is there already");
            }
        }
        return List.copyOf(keys.values());
    }

    private static AccessKey accessKey(ConfigSection key) {
        String id = key.text("id", "");
        String secret = key.text("secret", "");
        if (id.isEmpty() || secret.isEmpty()) {
            key.error("id", "and secret must both be set");
        }
        return new AccessKey(id, secret);
    }

    private static EngineConfig engine(ConfigSection engine, ConfigSection limits) {
        EngineConfig byDefault = EngineConfig.defaults();
        return new EngineConfig(
                limits(limits, byDefault.limits()),
                engine.choice("network", byDefault.network()),
                engine.integer("maxInstances", byDefault.maxInstances(), 1, 100_000),
                engine.integer("bootsAtOnce", byDefault.bootsAtOnce(), 1, 1_000),
                seconds(engine, "queueWaitSeconds", byDefault.queueWait(), 900),
                byDefault.patience(),
                seconds(engine, "drainSeconds", byDefault.drainGrace(), 900),
                standbys(engine.section("standbys"), byDefault.standbys()),
                engine.section("stems").integer("perKind", byDefault.stemsPerKind(), 0, 8));
    }

    private static EventsConfig events(ConfigSection events) {
        EventsConfig byDefault = EventsConfig.DEFAULT;
        int keepDays = events.integer("keepDays", (int) byDefault.keep().toDays(), 1, 365);
        return new EventsConfig(
                events.integer("maxEvents", byDefault.maxEvents(), 1, 10_000_000),
                ByteSize.ofMib(
                        events.integer("maxMb", (int) byDefault.maxBytes().toMibRoundedUp(), 1, 1_000_000)),
                events.integer("concurrency", byDefault.concurrency(), 1, 10_000),
                events.integer("functionConcurrency", byDefault.functionConcurrency(), 1, 10_000),
                seconds(events, "retryDelaySeconds", byDefault.retryDelay(), 3_600),
                byDefault.minBackOff(),
                byDefault.maxBackOff(),
                events.integer("maxKept", byDefault.maxKept(), 0, 10_000_000),
                Duration.ofDays(keepDays));
    }

    private static StandbyConfig standbys(ConfigSection standbys, StandbyConfig byDefault) {
        int memoryMb = (int) byDefault.memory().toMibRoundedUp();
        int residentMb = (int) byDefault.resident().toMibRoundedUp();
        return new StandbyConfig(
                standbys.flag("enabled", byDefault.enabled()),
                Duration.ofMillis(standbys.integer(
                        "freezeAfterMillis", (int) byDefault.freezeAfter().toMillis(), 0, 3_600_000)),
                seconds(standbys, "pageOutAfterSeconds", byDefault.pageOutAfter(), 86_400),
                ByteSize.ofMib(standbys.integer("residentMb", residentMb, 0, 100_000_000)),
                ByteSize.ofMib(standbys.integer("memoryMb", memoryMb, 0, 100_000_000)));
    }

    /// What AWS fixes stays as AWS has it; what the machine bears can be set.
    private static Limits limits(ConfigSection limits, Limits aws) {
        return new Limits(
                aws.requestPayload(),
                aws.asyncPayload(),
                mebibytes(limits, "responseStreamMb", aws.responseStream()),
                aws.zipDirect(),
                mebibytes(limits, "codeUnpackedMb", aws.codeUnpacked()),
                mebibytes(limits, "codeStorageMb", aws.codeStorage()),
                ByteSize.ofKib(
                        limits.integer("environmentKb", (int) (aws.environment().bytes() / 1024), 1, 128)),
                limits.integer("layers", aws.layers(), 0, 100),
                aws.memoryMin(),
                aws.memoryMax(),
                aws.tmpMin(),
                aws.tmpMax(),
                aws.timeoutMax(),
                seconds(limits, "initSeconds", aws.initTimeout(), 900),
                aws.logLine(),
                limits.integer("accountConcurrency", aws.accountConcurrency(), 1, 1_000_000),
                limits.integer("unreservedConcurrency", aws.unreservedMinimum(), 0, 1_000_000),
                limits.integer("queuedInvocations", aws.queuedInvocations(), 0, 1_000_000),
                limits.integer("openFiles", aws.openFiles(), 64, 1_000_000),
                limits.integer("processes", aws.processes(), 16, 100_000));
    }

    private static Optional<S3Config> s3(ConfigSection s3) {
        Optional<String> endpoint = s3.text("endpoint");
        Optional<String> id = s3.text("accessKeyId");
        Optional<String> secret = s3.text("secretAccessKey");
        if (id.isPresent() != secret.isPresent()) {
            s3.error("accessKeyId", "and secretAccessKey must both be set, or neither");
        }
        return endpoint.map(e -> new S3Config(URI.create(e), id.flatMap(i -> secret.map(s -> new AccessKey(i, s)))));
    }

    private static ByteSize mebibytes(ConfigSection section, String key, ByteSize byDefault) {
        return ByteSize.ofMib(section.integer(key, (int) byDefault.toMibRoundedUp(), 1, 100_000_000));
    }

    private static Duration seconds(ConfigSection section, String key, Duration byDefault, int max) {
        return Duration.ofSeconds(section.integer(key, (int) byDefault.toSeconds(), 0, max));
    }

    private static Map<String, Object> load(Path file) throws ConfigException {
        try {
            Object loaded = new Load(
                            LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
            return switch (loaded) {
                case null -> Map.of();
                case Map<?, ?> map -> {
                    Map<String, Object> values = new LinkedHashMap<>();
                    map.forEach((k, v) -> values.put(String.valueOf(k), v));
                    yield values;
                }
                default -> throw new ConfigException("Cannot use " + file + ": it must hold `key: value` lines");
            };
        } catch (IOException e) {
            throw new ConfigException("Cannot read the configuration file " + file + ": " + e, e);
        } catch (YamlEngineException e) {
            throw new ConfigException("Cannot use " + file + ": it is not YAML: " + e.getMessage(), e);
        }
    }
}
