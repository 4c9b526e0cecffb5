package dev.hearth.identity;

import dev.hearth.catalog.Catalog;
import dev.hearth.http.BodyTooLargeException;
import dev.hearth.http.Handler;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.http.UnreadableBodyException;
import dev.hearth.model.ApiException;
import dev.hearth.model.Clock;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.Scope;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// STS and IAM in AWS's query protocol: a form in, XML out; which of the two, the signature's scope says, or for
/// unsigned requests the form's `Version`. What Hearth has of them: [StsOperation], [IamOperation]. Any thread.
public final class IdentityApi implements Handler {
    private static final System.Logger LOG = System.getLogger("dev.hearth.identity");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String CONTENT_TYPE = "text/xml";

    /// Far above what any operation takes: policies are of some kilobytes.
    private static final long BODY_LIMIT = 1_048_576;

    private final Callers callers;
    private final Scope scope;
    private final Sts sts;
    private final Iam iam;

    /// @param scope partition and region; the account is the caller's
    public IdentityApi(Catalog catalog, Callers callers, Sessions sessions, Scope scope, Clock clock) {
        this.callers = callers;
        this.scope = scope;
        this.sts = new Sts(catalog, sessions);
        this.iam = new Iam(catalog, clock);
    }

    /// Whether a request is in the query protocol, which of all that Hearth answers only this does.
    public static boolean isFor(Request request) {
        return request.path().equals("/")
                && (request.query().contains("Action=")
                        || request.headers()
                                .first("Content-Type")
                                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith(FORM))
                                .isPresent());
    }

    /// AWS's XML error for a request that the signature check does not let through.
    public static Response refusal(ApiException reason) {
        String message = String.valueOf(reason.getMessage());
        QueryError error = switch (reason.code()) {
            case UNRECOGNIZED_CLIENT -> new QueryError(403, "InvalidClientTokenId", message);
            case EXPIRED_TOKEN -> new QueryError(403, "ExpiredToken", message);
            case INVALID_SIGNATURE -> new QueryError(403, "SignatureDoesNotMatch", message);
            case INCOMPLETE_SIGNATURE -> new QueryError(400, "IncompleteSignature", message);
            case MISSING_AUTHENTICATION_TOKEN ->
                new QueryError(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
            default -> new QueryError(reason.code().httpStatus(), reason.code().awsType(), message);
        };
        return refused(Service.STS, error);
    }

    @Override
    public Response handle(Request request) throws IOException {
        Optional<ClaimedSignature> signature = ClaimedSignature.ifAny(request);
        Optional<String> signedFor = signature.map(claimed -> claimed.scope().service());
        Optional<Service> named = signedFor.flatMap(Service::named);
        Service service = named.orElse(Service.STS);
        try {
            Form form = form(request);
            if (named.isEmpty()) {
                String asked =
                        signedFor.map(name -> "the service '" + name + "'").orElse("an unnamed service");
                service = byVersion(form, asked);
            }
            Caller caller = signature.map(callers::of).orElseGet(callers::unsigned);
            return run(service, new Call(form, caller, new Scope(scope.partition(), scope.region(), caller.account())));
        } catch (QueryError e) {
            return refused(service, e);
        } catch (ApiException e) {
            return refused(
                    service, new QueryError(e.code().httpStatus(), "MalformedInput", String.valueOf(e.getMessage())));
        } catch (EOFException | SocketException | UnreadableBodyException e) {
            throw e; // the caller broke off: nobody reads an answer of ours
        } catch (IOException | RuntimeException e) {
            String requestId = UUID.randomUUID().toString();
            LOG.log(System.Logger.Level.ERROR, "request failed requestId=" + requestId, e);
            String message = "Hearth failed; its log has the stack trace under request id " + requestId + ".";
            return refused(service, new QueryError(ErrorCode.SERVICE.httpStatus(), "InternalFailure", message));
        }
    }

    private static Form form(Request request) throws IOException {
        if (!request.query().isEmpty()) {
            return Form.parse(request.query());
        }
        try {
            return Form.parse(new String(request.readBody(BODY_LIMIT), StandardCharsets.UTF_8));
        } catch (BodyTooLargeException e) {
            throw new QueryError(413, "RequestEntityTooLarge", "Request must be smaller than " + e.limit() + " bytes");
        }
    }

    private static Service byVersion(Form form, String asked) {
        return form.text("Version")
                .flatMap(Service::ofVersion)
                .orElseThrow(() -> QueryError.notImplemented("Hearth does not have the operation "
                        + form.text("Action", "(none)") + " of " + asked
                        + ": of services with AWS's query protocol it has STS and IAM."));
    }

    private Response run(Service service, Call call) {
        String action = call.form()
                .text("Action")
                .orElseThrow(() -> new QueryError(400, "MissingAction", "Missing Action: name an operation"));
        if (!call.form().text("Version", service.version()).equals(service.version())) {
            throw new QueryError(
                    400,
                    "InvalidAction",
                    "Could not find operation " + action + " for version "
                            + call.form().text("Version", ""));
        }
        return switch (service) {
            case STS -> {
                StsOperation operation =
                        StsOperation.named(action).orElseThrow(() -> unknown("STS", action, StsOperation.names()));
                yield answer(service, action, true, sts.run(operation, call));
            }
            case IAM -> {
                IamOperation operation =
                        IamOperation.named(action).orElseThrow(() -> unknown("IAM", action, IamOperation.names()));
                yield answer(service, action, operation.hasResult(), iam.run(operation, call));
            }
        };
    }

    private static QueryError unknown(String service, String action, String names) {
        return QueryError.notImplemented(
                "Hearth does not have the operation " + action + " of " + service + ". It has: " + names + ".");
    }

    private static Response answer(Service service, String action, boolean hasResult, Result result) {
        String requestId = UUID.randomUUID().toString();
        var xml = new Xml().root(action + "Response", service.namespace(), root -> {
            if (hasResult) {
                root.element(action + "Result", result::writeTo);
            }
            root.element("ResponseMetadata", metadata -> metadata.text("RequestId", requestId));
        });
        return response(200, requestId, xml);
    }

    private static Response refused(Service service, QueryError error) {
        String requestId = UUID.randomUUID().toString();
        var xml = new Xml().root("ErrorResponse", service.namespace(), root -> {
            root.element(
                    "Error",
                    out -> out.text("Type", error.status() < 500 ? "Sender" : "Receiver")
                            .text("Code", error.code())
                            .text("Message", String.valueOf(error.getMessage())));
            root.text("RequestId", requestId);
        });
        return response(error.status(), requestId, xml);
    }

    private static Response response(int status, String requestId, Xml xml) {
        return Response.of(status, CONTENT_TYPE, xml.toString().getBytes(StandardCharsets.UTF_8))
                .with("x-amzn-RequestId", requestId);
    }
}
