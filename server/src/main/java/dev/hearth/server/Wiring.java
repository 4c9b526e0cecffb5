package dev.hearth.server;

import dev.hearth.catalog.CodeStore;
import dev.hearth.cli.Version;
import dev.hearth.engine.Engine;
import dev.hearth.http.Handler;
import dev.hearth.http.HttpServer;
import dev.hearth.identity.Callers;
import dev.hearth.identity.IdentityApi;
import dev.hearth.identity.SealingKey;
import dev.hearth.identity.Sessions;
import dev.hearth.identity.SignatureCheck;
import dev.hearth.lambdaapi.CodeDownload;
import dev.hearth.lambdaapi.CodeLinks;
import dev.hearth.lambdaapi.CodePackages;
import dev.hearth.lambdaapi.FunctionUrlServer;
import dev.hearth.lambdaapi.LambdaApi;
import dev.hearth.lambdaapi.NeverThrow;
import dev.hearth.lambdaapi.S3Source;
import dev.hearth.logs.LogsApi;
import dev.hearth.model.Clock;
import dev.hearth.model.SystemClock;
import dev.hearth.runtime.Bootstraps;
import dev.hearth.runtime.Runtimes;
import dev.hearth.runtime.RuntimesConfig;
import dev.hearth.sandbox.LinuxSandboxes;
import dev.hearth.sandbox.SandboxConfig;
import dev.hearth.sandbox.SandboxException;
import dev.hearth.telemetry.Metrics;
import dev.hearth.telemetry.MetricsHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// Builds the parts with constructors, in order, and closes them in reverse. The only place that sees
/// everything.
final class Wiring implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final HttpServer http;

    /// Builds and starts a server.
    ///
    /// @throws IOException      when the data directory or the port cannot be used
    /// @throws SandboxException when the host lacks a protection
    Wiring(ServerConfig config) throws IOException, SandboxException {
        try {
            this.http = start(config);
        } catch (IOException | SandboxException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private HttpServer start(ServerConfig config) throws IOException, SandboxException {
        Clock clock = SystemClock.INSTANCE;
        Path data = Files.createDirectories(config.data().toAbsolutePath());
        // Trying out the host's protections takes as long as all the rest of the start.
        Future<LinuxSandboxes> opening = inBackground(() ->
                LinuxSandboxes.open(SandboxConfig.defaults(data).withAllowWeakIsolation(config.allowWeakIsolation())));
        Metrics metrics = new Metrics(Version.current());

        // Closed after the engine: what its drain lets end is noted.
        Accounts accounts = closing(Accounts.open(data, config, new EventMetrics(metrics), clock));
        CodeStore codeStore =
                CodeStore.open(data.resolve("code"), config.engine().limits(), clock);
        Set<String> referenced = accounts.referencedCode();
        codeStore.recover(referenced);
        AccountMetrics.watch(metrics, accounts, clock);

        Runtimes runtimes = closing(Runtimes.discover(runtimes(config, data)));
        runtimes.retainCaches(referenced);
        LinuxSandboxes sandboxes = closing(await(opening));
        Engine engine = closing(Engine.of(
                config.engine(),
                accounts,
                codeStore,
                runtimes,
                sandboxes,
                accounts,
                new EngineMetrics(metrics),
                clock));
        metrics.watchInstances(engine::instancesByState);
        metrics.watchStartedAhead(engine::startedAhead);
        engine.start();
        accounts.start(engine);
        closing((AutoCloseable) accounts::stop);

        Sessions sessions = new Sessions(SealingKey.open(data.resolve("sessions.key")), clock);
        Callers callers = new Callers(config.accessKeys(), sessions, config.scope());
        CodePackages packages = CodePackages.of(codeStore);
        CodeLinks links = new CodeLinks(clock);
        Optional<S3Source> s3 = s3(config, clock);
        var services = new AccountServices(accounts, callers, account -> {
            var parts = new LambdaApi.Parts(
                    account.catalog(),
                    packages,
                    engine,
                    account.scope(),
                    config.engine().limits(),
                    clock,
                    links,
                    s3,
                    account.events(),
                    config.reportOrigin());
            return new AccountServices.Services(
                    parts,
                    new LambdaApi(parts),
                    new LogsApi(account.logs(), account.scope(), clock),
                    new Arrangements(account.catalog(), engine),
                    new AsyncApi(account.events()));
        });
        Handler edge = new Edge(
                signed(callers, clock, services.at(AccountServices.Services::lambda)),
                signed(callers, clock, services.at(AccountServices.Services::logs)),
                new SignatureCheck(
                        new IdentityApi(accounts.home().catalog(), callers, sessions, config.scope(), clock),
                        callers,
                        clock,
                        IdentityApi::refusal),
                new CodeDownload(packages, links),
                new OwnApi(
                        runtimes,
                        Version.current(),
                        signed(callers, clock, services.at(AccountServices.Services::functions)),
                        signed(callers, clock, services.at(AccountServices.Services::async))),
                new MetricsHandler(metrics));
        Handler urls = new FunctionUrlServer(edge, services::parts, callers, clock);
        Handler outermost = new NeverThrow(new CountErrors(urls, metrics));
        return closing(HttpServer.start(new InetSocketAddress(config.host(), config.port()), clock, outermost));
    }

    private static <T> Future<T> inBackground(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().name("start").start(task);
        return task;
    }

    private static LinuxSandboxes await(Future<LinuxSandboxes> opening) throws IOException, SandboxException {
        try {
            return opening.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SandboxException host -> throw host;
                case RuntimeException bug -> throw bug;
                case null, default -> throw new IOException("the host could not be looked at", e);
            }
        }
    }

    /// Where requests are answered.
    InetSocketAddress address() {
        return http.address();
    }

    private static Handler signed(Callers callers, Clock clock, Handler next) {
        return new SignatureCheck(next, callers, clock, LambdaApi::refusal);
    }

    private Optional<S3Source> s3(ServerConfig config, Clock clock) {
        return config.s3()
                .map(s3 -> closing(new S3Source(s3.endpoint(), config.scope().region(), s3.key(), clock)));
    }

    private static RuntimesConfig runtimes(ServerConfig config, Path data) {
        Path bootstraps = data.resolve("bootstraps");
        Bootstraps.install(bootstraps, Home.javaBootstrap());
        RuntimesConfig byDefault = RuntimesConfig.of(bootstraps);
        return new RuntimesConfig(
                        bootstraps,
                        config.runtimePaths(),
                        Optional.of(data.resolve("runtimes.cache")),
                        byDefault.runtimeApiAddress(),
                        byDefault.credentials())
                .withCaches(data.resolve("caches"));
    }

    private <T extends AutoCloseable> T closing(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        List.copyOf(parts).forEach(Parts::close);
        parts.clear();
    }
}
