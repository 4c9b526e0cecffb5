package dev.hearth.server;

import dev.hearth.http.Handler;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.runtime.Runtimes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// Hearth's own API below `/_hearth/`, for the command line and for probes.
///
/// | path | answer |
/// |---|---|
/// | `/_hearth/health` | 200 as soon as requests are served |
/// | `/_hearth/version` | `{"version": …}` |
/// | `/_hearth/runtimes` | `[{"identifier": …, "installed": …, "detail": …}]` |
/// | `/_hearth/functions/…` | [Arrangements], which is not for everyone |
/// | `/_hearth/async/…` | [AsyncApi], the same |
final class OwnApi implements Handler {
    private final Runtimes runtimes;
    private final String version;
    private final Handler functions;
    private final Handler async;
    private final ObjectMapper json = JsonMapper.shared();

    /// @param functions answers what is below `/_hearth/functions/`
    /// @param async     answers what is below `/_hearth/async/`
    OwnApi(Runtimes runtimes, String version, Handler functions, Handler async) {
        this.runtimes = runtimes;
        this.version = version;
        this.functions = functions;
        this.async = async;
    }

    @Override
    public Response handle(Request request) throws IOException {
        if (request.path().startsWith(Arrangements.PREFIX)) {
            return functions.handle(request);
        }
        if (request.path().startsWith(AsyncApi.PREFIX)) {
            return async.handle(request);
        }
        return switch (request.path()) {
            case "/_hearth/health" -> json(200, Map.of("status", "ok"));
            case "/_hearth/version" -> json(200, Map.of("version", version));
            case "/_hearth/runtimes" -> json(200, runtimes());
            default ->
                json(404, Map.of("message", "There is no " + request.path() + "; see docs/cli.md for what there is."));
        };
    }

    private List<Map<String, Object>> runtimes() {
        return runtimes.all().stream().map(HostReport::json).toList();
    }

    private Response json(int status, Object value) {
        return Response.of(status, "application/json", json.writeValueAsBytes(value));
    }
}
