package dev.hearth.identity;

import dev.hearth.catalog.SqliteCatalog;
import dev.hearth.http.Handler;
import dev.hearth.http.PercentEncoding;
import dev.hearth.model.Scope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// STS and IAM over a real catalog, with two accounts.
final class TestIdentity implements AutoCloseable {
    static final KnownKey FIRST = new KnownKey(new AccessKey("AKIDFIRST", "one"), "111111111111");
    static final KnownKey SECOND = new KnownKey(new AccessKey("AKIDSECOND", "two"), "222222222222");

    final FakeClock clock = new FakeClock();
    final Sessions sessions = new Sessions(SealingKey.ephemeral(), clock);
    private final SqliteCatalog catalog;
    private final Handler handler;

    TestIdentity(Path directory) {
        this.catalog = SqliteCatalog.open(directory);
        var callers = new Callers(List.of(FIRST, SECOND), sessions, Scope.DEFAULT);
        var api = new IdentityApi(catalog, callers, sessions, Scope.DEFAULT, clock);
        this.handler = new SignatureCheck(api, callers, clock, IdentityApi::refusal);
    }

    /// Sends a form, signed for a service.
    Answer send(AccessKey key, Map<String, String> more, String service, Map<String, String> form) {
        byte[] body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + PercentEncoding.encode(field.getValue(), ""))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
        var headers =
                new TreeMap<>(new Signer(key, clock.now(), service).header("POST", "/", SigV4.sha256Hex(body), more));
        headers.put("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        return Answer.to(handler, "POST", "/", headers, body);
    }

    Answer unsigned(String target) {
        return Answer.to(handler, "GET", target, Map.of(), new byte[0]);
    }

    /// As the first account, to IAM: an action and its parameters by turns.
    Answer iam(String action, String... parameters) {
        var form = new TreeMap<>(Map.of("Action", action, "Version", "2010-05-08"));
        for (int i = 0; i < parameters.length; i += 2) {
            form.put(parameters[i], parameters[i + 1]);
        }
        return send(FIRST.key(), Map.of(), "iam", form);
    }

    @Override
    public void close() {
        catalog.close();
    }
}
