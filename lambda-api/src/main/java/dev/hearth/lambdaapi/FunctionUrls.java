package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.catalog.RecordKind;
import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.Clock;
import dev.hearth.model.CorsConfig;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.FunctionUrl;
import dev.hearth.model.Scope;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// URLs of functions and aliases, which [FunctionUrlServer] serves. They name this server under the port that the
/// caller used.
record FunctionUrls(Catalog catalog, Scope scope, Clock clock) {
    private static final String NO_FUNCTION = "Function does not exist";
    private static final String NONE = "The resource you requested does not exist.";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 32;

    /// Whoever knows the id of a URL without authentication may call it, so that it must not be guessed.
    private static final SecureRandom RANDOM = new SecureRandom();

    Response create(LambdaOperation.CreateFunctionUrlConfig create) {
        FunctionUrl url = catalog.write(tx -> create(tx, create));
        return Json.response(201, out -> write(out, url, create.endpoint(), false));
    }

    private FunctionUrl create(CatalogTransaction tx, LambdaOperation.CreateFunctionUrlConfig create) {
        FunctionRef function = create.function();
        checkExists(tx, function, NO_FUNCTION);
        find(tx, function).ifPresent(exists -> {
            throw new ApiException(
                    ErrorCode.RESOURCE_CONFLICT,
                    "Failed to create function url config for [functionArn = %s]. Error message:  FunctionUrlConfig exists for this Lambda function"
                            .formatted(exists.arn()));
        });
        var url = new FunctionUrl(
                function.arn(),
                function.qualifierOrLatest(),
                newId(),
                create.authType(),
                create.invokeMode(),
                create.cors(),
                clock.now(),
                clock.now());
        tx.put(RecordKind.URL, function.name(), url.qualifier(), url);
        return url;
    }

    Response get(LambdaOperation.GetFunctionUrlConfig get) {
        FunctionUrl url = catalog.read(tx -> existing(tx, get.function()));
        return Json.response(200, out -> write(out, url, get.endpoint(), true));
    }

    Response update(LambdaOperation.UpdateFunctionUrlConfig update) {
        FunctionUrl url = catalog.write(tx -> {
            checkExists(tx, update.function(), NO_FUNCTION);
            FunctionUrl old = existing(tx, update.function());
            var changed = new FunctionUrl(
                    old.function(),
                    old.qualifier(),
                    old.id(),
                    update.authType().orElse(old.authType()),
                    update.invokeMode().orElse(old.invokeMode()),
                    update.cors().or(old::cors),
                    old.created(),
                    clock.now());
            tx.put(RecordKind.URL, update.function().name(), changed.qualifier(), changed);
            return changed;
        });
        return Json.response(200, out -> write(out, url, update.endpoint(), true));
    }

    Response delete(FunctionRef function) {
        return catalog.write(tx -> {
            tx.remove(RecordKind.URL, function.name(), existing(tx, function).qualifier());
            return Response.empty(204);
        });
    }

    Response list(LambdaOperation.ListFunctionUrlConfigs list) {
        List<FunctionUrl> all = catalog.read(tx -> {
            checkExists(tx, list.function(), NO_FUNCTION);
            return tx.list(RecordKind.URL, list.function().name());
        });
        Paging.Cut<FunctionUrl> page = Paging.cutByKey(all, list.page(), FunctionUrl::qualifier);
        return page.response("FunctionUrlConfigs", (out, url) -> write(out, url, list.endpoint(), true));
    }

    private static Optional<FunctionUrl> find(CatalogTransaction tx, FunctionRef function) {
        return tx.find(RecordKind.URL, function.name(), function.qualifierOrLatest());
    }

    private static FunctionUrl existing(CatalogTransaction tx, FunctionRef function) {
        return find(tx, function).orElseThrow(() -> new ApiException(ErrorCode.RESOURCE_NOT_FOUND, NONE));
    }

    private static void checkExists(CatalogTransaction tx, FunctionRef function, String message) {
        if (!Lookup.exists(tx, function)) {
            throw new ApiException(ErrorCode.RESOURCE_NOT_FOUND, message);
        }
    }

    private static String newId() {
        var id = new StringBuilder(ID_LENGTH);
        RANDOM.ints(ID_LENGTH, 0, LETTERS.length()).forEach(i -> id.append(LETTERS.charAt(i)));
        return id.toString();
    }

    /// `http://ID.lambda-url.REGION.localhost:PORT/`: names under `localhost` lead to this machine without any setup.
    private String address(FunctionUrl url, String endpoint) {
        int port = endpoint.lastIndexOf(':');
        boolean hasPort = port > "http:".length() && endpoint.indexOf(']', port) < 0;
        return "http://%s.lambda-url.%s.localhost%s/"
                .formatted(url.id(), scope.region(), hasPort ? endpoint.substring(port) : "");
    }

    private void write(JsonGenerator out, FunctionUrl url, String endpoint, boolean withLastModified) {
        out.writeStringProperty("FunctionUrl", address(url, endpoint));
        out.writeStringProperty("FunctionArn", url.arn());
        out.writeStringProperty("AuthType", url.authType());
        url.cors().ifPresent(cors -> {
            out.writeObjectPropertyStart("Cors");
            write(out, cors);
            out.writeEndObject();
        });
        out.writeStringProperty("CreationTime", Times.zulu(url.created()));
        if (withLastModified) {
            out.writeStringProperty("LastModifiedTime", Times.zulu(url.lastModified()));
        }
        out.writeStringProperty("InvokeMode", url.invokeMode());
    }

    private static void write(JsonGenerator out, CorsConfig cors) {
        cors.allowCredentials().ifPresent(allow -> out.writeBooleanProperty("AllowCredentials", allow));
        cors.allowHeaders().ifPresent(names -> ConfigurationJson.writeStrings(out, "AllowHeaders", names));
        cors.allowMethods().ifPresent(names -> ConfigurationJson.writeStrings(out, "AllowMethods", names));
        cors.allowOrigins().ifPresent(names -> ConfigurationJson.writeStrings(out, "AllowOrigins", names));
        cors.exposeHeaders().ifPresent(names -> ConfigurationJson.writeStrings(out, "ExposeHeaders", names));
        cors.maxAgeSeconds().ifPresent(seconds -> out.writeNumberProperty("MaxAge", seconds));
    }
}
