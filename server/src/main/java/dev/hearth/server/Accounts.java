package dev.hearth.server;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogException;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.catalog.Catalogs;
import dev.hearth.engine.FunctionEngine;
import dev.hearth.engine.LogSink;
import dev.hearth.events.EventsListener;
import dev.hearth.identity.KnownKey;
import dev.hearth.logs.LogStore;
import dev.hearth.model.ApiException;
import dev.hearth.model.Clock;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The accounts of this Hearth: the default one, those of configured access keys, those that were here before, and
/// those that callers name where nobody is checked. The default one's files are the data directory's own, the others'
/// are below `accounts/`.
///
/// Opened before the engine and closed after it; [#start] and [#stop] stand inside. Any thread.
final class Accounts implements Catalogs, LogSink, AutoCloseable {
    /// Each costs some open files: callers cannot make any number of them.
    static final int MOST = 100;

    private static final System.Logger LOG = System.getLogger("dev.hearth.server");
    private static final Pattern NAME = Pattern.compile("[0-9]{12}");

    private final Path directory;
    private final ServerConfig config;
    private final EventsListener listener;
    private final Clock clock;
    private final Account home;
    private final Map<String, Account> others = new ConcurrentSkipListMap<>();

    /// Set once; accounts that are opened after it deliver their events at once.
    private volatile @Nullable FunctionEngine engine;

    private Accounts(Path data, ServerConfig config, EventsListener listener, Clock clock) throws IOException {
        this.directory = data.resolve("accounts");
        this.config = config;
        this.listener = listener;
        this.clock = clock;
        this.home = Account.open(data, config.scope(), config, listener, clock);
    }

    /// @throws IOException when the disk refuses, or another server uses the directory
    static Accounts open(Path data, ServerConfig config, EventsListener listener, Clock clock) throws IOException {
        Accounts accounts = new Accounts(data, config, listener, clock);
        try {
            for (String account : accounts.expected()) {
                accounts.open(account);
            }
        } catch (IOException | RuntimeException e) {
            accounts.close();
            throw e;
        }
        return accounts;
    }

    /// Those of configured keys, and those that have something.
    private Set<String> expected() throws IOException {
        Stream<String> configured = config.accessKeys().stream().map(KnownKey::account);
        try (Stream<Path> found = Files.isDirectory(directory) ? Files.list(directory) : Stream.empty()) {
            return Stream.concat(configured, found.map(path -> String.valueOf(path.getFileName())))
                    .filter(account -> NAME.matcher(account).matches())
                    .filter(account -> !account.equals(config.scope().account()))
                    .collect(Collectors.toSet());
        }
    }

    private Account open(String account) throws IOException {
        Scope scope = config.scope();
        Path files = Files.createDirectories(directory.resolve(account));
        Account opened =
                Account.open(files, new Scope(scope.partition(), scope.region(), account), config, listener, clock);
        others.put(account, opened);
        return opened;
    }

    /// The account of a caller.
    ///
    /// @throws ApiException when it is new and there are too many, or the disk refuses
    Account reach(String account) {
        if (account.equals(home.scope().account())) {
            return home;
        }
        Account known = others.get(account);
        return known != null ? known : added(account);
    }

    private synchronized Account added(String account) {
        Account known = others.get(account);
        if (known != null) {
            return known;
        }
        if (others.size() >= MOST) {
            throw new ApiException(
                    ErrorCode.UNRECOGNIZED_CLIENT,
                    "There is no account " + account + ", and no room for it: this Hearth has " + MOST
                            + " beside its own. Use the access key of one of them, or name the account's key in the configuration.");
        }
        try {
            Account opened = open(account);
            FunctionEngine started = engine;
            if (started != null) {
                opened.events().start(started);
            }
            LOG.log(System.Logger.Level.INFO, "account opened account=" + account);
            return opened;
        } catch (IOException | CatalogException e) {
            throw new ApiException(
                    ErrorCode.SERVICE,
                    "The account " + account + " could not be opened: " + e.getMessage()
                            + ". See that the disk of the data directory has room.",
                    e);
        }
    }

    /// The default one first.
    List<Account> opened() {
        return Stream.concat(Stream.of(home), others.values().stream()).toList();
    }

    /// The default account, which is here always.
    Account home() {
        return home;
    }

    /// Packages that anything refers to in any account.
    Set<String> referencedCode() {
        return all().stream()
                .flatMap(catalog -> catalog.read(CatalogTransaction::referencedCode).stream())
                .collect(Collectors.toSet());
    }

    /// Begins to deliver events. Called once.
    synchronized void start(FunctionEngine toRun) {
        engine = toRun;
        opened().forEach(account -> account.events().start(toRun));
    }

    /// Begins no more deliveries.
    void stop() {
        opened().forEach(account -> account.events().stop());
    }

    /// What no account is known for is the default one's: versions whose account was renamed in the configuration.
    private Account known(String account) {
        return others.getOrDefault(account, home);
    }

    @Override
    public Catalog of(String account) {
        return known(account).catalog();
    }

    @Override
    public Collection<Catalog> all() {
        return opened().stream().map(Account::catalog).toList();
    }

    @Override
    public Log open(String account, String group, String stream) {
        LogStore logs = known(account).logs();
        return (millis, message) -> logs.append(group, stream, millis, message);
    }

    @Override
    public void close() {
        opened().forEach(Account::close);
    }
}
