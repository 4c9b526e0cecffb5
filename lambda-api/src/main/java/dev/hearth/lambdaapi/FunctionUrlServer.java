package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.RecordKind;
import dev.hearth.http.BodyTooLargeException;
import dev.hearth.http.Handler;
import dev.hearth.http.Query;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.identity.Callers;
import dev.hearth.identity.ClaimedSignature;
import dev.hearth.identity.SigV4;
import dev.hearth.identity.SignatureCheck;
import dev.hearth.model.ApiException;
import dev.hearth.model.Clock;
import dev.hearth.model.CorsConfig;
import dev.hearth.model.FunctionUrl;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Outcome;
import dev.hearth.model.Payload;
import dev.hearth.model.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Serves function URLs and hands on whatever is not sent to one. A URL is reached by its host name,
/// `ID.lambda-url.REGION.localhost`, or where names under `localhost` do not resolve by the path `/_hearth/url/ID/…`.
///
/// Events and answers are of payload format 2.0. With `RESPONSE_STREAM` what a function streams is passed on as it
/// comes ([UrlStream]), and what it answers in one piece is answered in one piece. With `AWS_IAM` a request
/// must be signed, with a configured key where there are any. Policies are not looked at. Any thread.
public final class FunctionUrlServer implements Handler {
    private static final String HOST_MARK = ".lambda-url.";
    private static final String PATH = "/_hearth/url/";
    private static final int ID_LENGTH = 32;

    /// More than there are URLs on any machine; beyond it a request looks through the catalog.
    private static final int PLACES_KEPT = 10_000;

    private final Handler others;
    private final Supplier<List<LambdaApi.Parts>> accounts;
    private final Callers callers;
    private final Handler signed;

    /// By account.
    private final Map<Scope, Site> sites = new ConcurrentHashMap<>();

    /// Where a URL is kept, by id: an id is never given out twice, so that this stays true; whether the URL is still
    /// there is asked with each request.
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    private record Place(Site site, String function, String qualifier) {}

    /// The URLs of one account and what answers them.
    private record Site(Catalog catalog, Invoker invoker, UrlEvents events, long bodyLimit) {
        static Site of(LambdaApi.Parts parts) {
            return new Site(
                    parts.catalog(),
                    new Invoker(parts.catalog(), parts.engine(), parts.clock(), false),
                    new UrlEvents(parts.scope(), parts.clock()),
                    parts.limits().requestPayload().bytes());
        }
    }

    private record Found(Site site, FunctionUrl url) {}

    /// A request for a URL.
    ///
    /// @param path of the request below the URL
    private record Call(Site site, FunctionUrl url, String path, Request request) {
        Call(Found found, String path, Request request) {
            this(found.site(), found.url(), path, request);
        }
    }

    /// @param others answers what is not sent to a URL
    /// @param accounts what each account's API works on; more may come
    /// @param callers who may call URLs with `AWS_IAM`; where nobody is checked, everyone who signs
    public FunctionUrlServer(Handler others, Supplier<List<LambdaApi.Parts>> accounts, Callers callers, Clock clock) {
        this.others = others;
        this.accounts = accounts;
        this.callers = callers;
        this.signed = new SignatureCheck(this::serveSigned, callers, clock, LambdaApi::refusal);
    }

    @Override
    public Response handle(Request request) throws IOException {
        String id = id(request);
        if (id.isEmpty()) {
            return others.handle(request);
        }
        try {
            return handle(request, id);
        } catch (ApiException unreadable) {
            return LambdaApi.refusal(unreadable); // its query, or its signature where nobody is checked
        }
    }

    private Response handle(Request request, String id) throws IOException {
        Optional<Found> found = find(id);
        if (found.isEmpty()) {
            return UrlAnswer.message(404, null);
        }
        if (!found.get().url().authType().equals("AWS_IAM")) {
            return serve(new Call(found.get(), path(request, id), request), Optional.empty());
        }
        return isSigned(request) ? signed.handle(request) : UrlAnswer.message(403, "Forbidden");
    }

    private static boolean isSigned(Request request) {
        return request.headers()
                        .first("Authorization")
                        .filter(value -> value.startsWith(SigV4.ALGORITHM))
                        .isPresent()
                || Query.parse(request.query()).first("X-Amz-Signature").isPresent();
    }

    /// Behind the check: the URL is looked up once more, which costs nothing beside the signature.
    private Response serveSigned(Request request) throws IOException {
        String id = id(request);
        Optional<Found> found = find(id);
        if (found.isEmpty()) {
            return UrlAnswer.message(404, null);
        }
        ClaimedSignature claimed = ClaimedSignature.of(request);
        var signedBy = new SignedBy(claimed.keyId(), callers.of(claimed));
        return serve(new Call(found.get(), path(request, id), request), Optional.of(signedBy));
    }

    private Response serve(Call call, Optional<SignedBy> signedBy) throws IOException {
        Optional<CorsConfig> cors = call.url().cors();
        if (cors.isPresent() && Cors.isPreflight(call.request())) {
            return Cors.preflight(cors.get(), call.request());
        }
        Response answer = invoke(call, signedBy);
        return cors.isPresent() ? Cors.on(answer, cors.get(), call.request()) : answer;
    }

    private Response invoke(Call call, Optional<SignedBy> signedBy) throws IOException {
        byte[] body;
        try {
            body = call.request().readBody(call.site().bodyLimit());
        } catch (BodyTooLargeException e) {
            return UrlAnswer.message(413, "Request must be smaller than " + e.limit() + " bytes");
        }
        String requestId = RequestIds.next();
        byte[] event = call.site().events().event(call.url(), call.path(), call.request(), body, requestId, signedBy);
        var invocation = new LambdaOperation.Invoke(
                new FunctionRef(call.url().function(), Optional.of(call.url().qualifier())),
                false,
                false,
                Optional.empty(),
                call.request().headers().first("X-Amzn-Trace-Id"),
                false,
                event,
                call.request().receivedNanos());
        Invoker invoker = call.site().invoker();
        try {
            Response answer = call.url().invokeMode().equals("RESPONSE_STREAM")
                    ? streamed(call, invoker.started(invocation, requestId))
                    : answer(invoker.report(invocation, requestId));
            return answer.with("x-amzn-RequestId", requestId);
        } catch (ApiException e) {
            return UrlAnswer.message(502, "Internal Server Error").with("x-amzn-RequestId", requestId);
        }
    }

    private static Response streamed(Call call, StreamedAnswer answer) {
        return answer.contentType().isPresent()
                ? new UrlStream(answer, answer.contentType().get()).response(call.request())
                : answer(answer.report());
    }

    private static Response answer(InvocationReport report) {
        return switch (report.outcome()) {
            case Outcome.Succeeded(Payload payload) -> UrlAnswer.of(payload.bytes());
            case Outcome.FunctionFailed failed -> UrlAnswer.failed();
            case Outcome.TimedOut timedOut -> UrlAnswer.failed();
            case Outcome.SandboxFailed failed -> UrlAnswer.failed();
            case Outcome.Throttled throttled -> UrlAnswer.message(429, "Rate Exceeded.");
        };
    }

    /// Empty where a request is not for a URL.
    private static String id(Request request) {
        String path = request.path();
        if (path.startsWith(PATH)) {
            int end = path.indexOf('/', PATH.length());
            return path.substring(PATH.length(), end < 0 ? path.length() : end);
        }
        Optional<String> host = request.headers().first("Host");
        return host.isPresent() && host.get().startsWith(HOST_MARK, ID_LENGTH)
                ? host.get().substring(0, ID_LENGTH)
                : "";
    }

    private static String path(Request request, String id) {
        String path = request.path();
        if (!path.startsWith(PATH)) {
            return path;
        }
        String below = path.substring(PATH.length() + id.length());
        return below.isEmpty() ? "/" : below;
    }

    private Optional<Found> find(String id) {
        if (id.length() != ID_LENGTH) {
            return Optional.empty();
        }
        Place known = places.get(id);
        if (known == null) {
            return accounts.get().stream()
                    .flatMap(parts -> search(parts, id).stream())
                    .findFirst();
        }
        return known.site()
                .catalog()
                .read(tx -> tx.find(RecordKind.URL, known.function(), known.qualifier()))
                .filter(url -> url.id().equals(id))
                .map(url -> new Found(known.site(), url));
    }

    private Optional<Found> search(LambdaApi.Parts parts, String id) {
        Site site = sites.computeIfAbsent(parts.scope(), _ -> Site.of(parts));
        Optional<FunctionUrl> found = site.catalog().read(tx -> tx.list(RecordKind.URL)).stream()
                .filter(url -> url.id().equals(id))
                .findFirst();
        if (found.isPresent() && places.size() < PLACES_KEPT) {
            places.put(
                    id,
                    new Place(site, found.get().function().name(), found.get().qualifier()));
        }
        return found.map(url -> new Found(site, url));
    }
}
