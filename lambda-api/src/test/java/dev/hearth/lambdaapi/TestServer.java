package dev.hearth.lambdaapi;

import dev.hearth.http.Handler;
import dev.hearth.http.HttpServer;
import dev.hearth.identity.AccessKey;
import dev.hearth.identity.Callers;
import dev.hearth.identity.KnownKey;
import dev.hearth.identity.SealingKey;
import dev.hearth.identity.Sessions;
import dev.hearth.identity.SignatureCheck;
import dev.hearth.model.Limits;
import dev.hearth.model.Scope;
import dev.hearth.model.SystemClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// The API over fakes on a port, wired as the server does it.
final class TestServer implements AutoCloseable {
    static final AccessKey KEY = new AccessKey("AKIDTESTTESTTESTTEST", "test/secret+key");

    final FakeCatalog catalog = new FakeCatalog();
    final FakeEngine engine = new FakeEngine(catalog, true);
    final FakeEvents events = new FakeEvents();
    private final HttpServer server;

    private TestServer(List<KnownKey> keys, Optional<S3Source> s3) throws IOException {
        var clock = SystemClock.INSTANCE;
        var links = new CodeLinks(clock);
        var packages = new FakePackages();
        var parts = new LambdaApi.Parts(
                catalog, packages, engine, Scope.DEFAULT, Limits.AWS, clock, links, s3, events, false);
        var api = new LambdaApi(parts);
        var callers = new Callers(keys, new Sessions(SealingKey.ephemeral(), clock), Scope.DEFAULT);
        var checked = new SignatureCheck(api, callers, clock, LambdaApi::refusal);
        var download = new CodeDownload(packages, links);
        Handler root = request ->
                request.path().startsWith(CodeLinks.PATH) ? download.handle(request) : checked.handle(request);
        var urls = new FunctionUrlServer(root, () -> List.of(parts), callers, parts.clock());
        server = HttpServer.start(new InetSocketAddress("127.0.0.1", 0), clock, new NeverThrow(urls));
    }

    static TestServer open() throws IOException {
        return new TestServer(List.of(), Optional.empty());
    }

    /// Only requests signed with [#KEY] pass.
    static TestServer signed() throws IOException {
        return new TestServer(List.of(new KnownKey(KEY, Scope.DEFAULT.account())), Optional.empty());
    }

    static TestServer withS3(S3Source s3) throws IOException {
        return new TestServer(List.of(), Optional.of(s3));
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
