package dev.hearth.lambdaapi;

import dev.hearth.http.Handler;
import dev.hearth.http.Query;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.CodeRef;
import dev.hearth.model.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;

/// Serves packages under the links that GetFunction and GetLayerVersion give out. The link itself is the permission,
/// as on AWS: no signature is asked for. Safe for use by any thread.
public final class CodeDownload implements Handler {
    private final CodePackages packages;
    private final CodeLinks links;

    public CodeDownload(CodePackages packages, CodeLinks links) {
        this.packages = packages;
        this.links = links;
    }

    @Override
    public Response handle(Request request) throws IOException {
        try {
            return serve(request);
        } catch (ApiException e) {
            return ErrorAnswer.of(e);
        }
    }

    private Response serve(Request request) throws IOException {
        if (!request.method().equals("GET") || !request.path().startsWith(CodeLinks.PATH)) {
            return ErrorAnswer.of(ErrorCode.METHOD_NOT_ALLOWED, "Packages are read with GET " + CodeLinks.PATH + "…");
        }
        String sha256 = request.path().substring(CodeLinks.PATH.length());
        Query query = Query.parse(request.query());
        if (!links.isGood(
                sha256, query.first("expires").orElse(""), query.first("token").orElse(""))) {
            return ErrorAnswer.of(
                    ErrorCode.ACCESS_DENIED,
                    "This link to a package is not valid or has expired; GetFunction gives a new one.");
        }
        return stream(sha256);
    }

    private Response stream(String sha256) throws IOException {
        InputStream zip;
        try {
            zip = packages.open(new CodeRef(sha256, 0));
        } catch (NoSuchFileException e) {
            return ErrorAnswer.of(ErrorCode.RESOURCE_NOT_FOUND, "The package " + sha256 + " is not here any more.");
        }
        return new Response(
                200, List.of(new Response.Field("Content-Type", "application/zip")), new Response.Body.Stream(out -> {
                    try (zip) {
                        zip.transferTo(out);
                    }
                }));
    }
}
