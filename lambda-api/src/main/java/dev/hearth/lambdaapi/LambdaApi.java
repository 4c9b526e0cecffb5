package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.engine.FunctionEngine;
import dev.hearth.http.Handler;
import dev.hearth.http.Query;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.model.ApiException;
import dev.hearth.model.Clock;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.ErrorKind;
import dev.hearth.model.EventIntake;
import dev.hearth.model.Limits;
import dev.hearth.model.Scope;
import java.io.IOException;
import java.util.Optional;

/// The AWS Lambda API: reads a request into a [LambdaOperation], runs it, renders what comes back. Every answer
/// has an `x-amzn-RequestId`; every error is AWS's error document. Safe for use by any thread.
public final class LambdaApi implements Handler {
    private static final System.Logger LOG = System.getLogger("dev.hearth.lambdaapi");

    private final Scope scope;
    private final Limits limits;
    private final Operations operations;

    /// What the API works on.
    ///
    /// @param scope  the AWS coordinates in which it answers
    /// @param s3     where code in S3 is fetched from, when that is configured
    /// @param links  makes the download links that [CodeDownload] serves
    /// @param events takes events that nobody waits for
    /// @param reportOrigin every answer to an Invoke has the headers of [OriginHeaders], asked for or not
    public record Parts(
            Catalog catalog,
            CodePackages packages,
            FunctionEngine engine,
            Scope scope,
            Limits limits,
            Clock clock,
            CodeLinks links,
            Optional<S3Source> s3,
            EventIntake events,
            boolean reportOrigin) {}

    public LambdaApi(Parts parts) {
        this.scope = parts.scope();
        this.limits = parts.limits();
        this.operations = operations(parts);
    }

    private static Operations operations(Parts parts) {
        Catalog catalog = parts.catalog();
        FunctionEngine engine = parts.engine();
        var intake = new CodeIntake(parts.packages(), parts.s3(), parts.limits());
        var rules = new SettingsRules(parts.limits());
        var resolver = new LayerResolver(parts.scope());
        var quotas = new CodeQuotas(parts.packages(), parts.limits());
        var provisioning = new Provisioning(catalog, engine);
        var destinations = new Destinations(parts.scope());
        var account = new AccountConcurrency(parts.limits());
        return new Operations(
                new Functions(
                        catalog, engine, parts.events(), intake, rules, resolver, quotas, parts.links(), parts.clock()),
                new FunctionUpdates(catalog, engine, intake, rules, resolver, quotas, parts.clock()),
                new Versions(catalog, engine, quotas),
                new Aliases(catalog, provisioning),
                new Layers(catalog, intake, quotas, parts.links(), parts.clock()),
                new Tags(catalog),
                new Concurrency(catalog, engine, account, parts.limits()),
                new Provisioned(catalog, engine, provisioning, account, parts.clock()),
                new EventInvokeConfigs(catalog, destinations, parts.clock()),
                new FunctionUrls(catalog, parts.scope(), parts.clock()),
                new Policies(catalog),
                new LayerPolicies(catalog),
                new CodeSigning(catalog, parts.scope(), parts.clock()),
                new VersionSettings(catalog),
                new EventSourceMappings(catalog, destinations, parts.clock()),
                new Invoker(catalog, engine, parts.clock(), parts.reportOrigin()),
                new AsyncInvoker(catalog, parts.events(), parts.clock()));
    }

    @Override
    public Response handle(Request request) throws IOException {
        String requestId = RequestIds.next();
        Response response;
        try {
            response = operations.run(parse(request), requestId);
        } catch (ApiException e) {
            if (e.code().kind() == ErrorKind.PLATFORM) {
                LOG.log(System.Logger.Level.ERROR, "request failed requestId=" + requestId, e);
            }
            response = ErrorAnswer.of(e);
        }
        return response.with("x-amzn-RequestId", requestId);
    }

    /// AWS's error document for a request that does not get this far.
    public static Response refusal(ApiException reason) {
        return ErrorAnswer.of(reason).with("x-amzn-RequestId", RequestIds.next());
    }

    private LambdaOperation parse(Request request) throws IOException {
        if (InvokeRequests.matches(request)) {
            return InvokeRequests.parse(request, scope, limits);
        }
        Query query = Query.parse(request.query());
        Route route = Routes.find(request.method(), request.path(), query);
        Route.Parser parser = route.parser().orElseThrow(() -> refused(route));
        return parser.parse(new Call(
                request, route.operation(), route.parameters(Routes.segments(request.path())), query, scope, limits));
    }

    private static ApiException refused(Route route) {
        String subject = route.operation().contains("Durable") ? "durable executions" : "capacity providers";
        return new ApiException(
                ErrorCode.NOT_IMPLEMENTED,
                "The operation " + route.operation() + " is not implemented: Hearth does not have " + subject
                        + ". docs/operations.md lists what it has.");
    }
}
