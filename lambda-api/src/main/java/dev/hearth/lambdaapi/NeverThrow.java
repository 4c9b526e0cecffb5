package dev.hearth.lambdaapi;

import dev.hearth.http.Handler;
import dev.hearth.http.Request;
import dev.hearth.http.Response;
import dev.hearth.http.UnreadableBodyException;
import dev.hearth.model.ErrorCode;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;

/// The outermost handler: what escapes the others is a bug, a failing disk, or a caller that broke off. It is logged
/// with its stack trace and answered as AWS's ServiceException, so that no caller sees a broken connection or a stack
/// trace.
public final class NeverThrow implements Handler {
    private static final System.Logger LOG = System.getLogger("dev.hearth.lambdaapi");

    private final Handler inner;

    public NeverThrow(Handler inner) {
        this.inner = inner;
    }

    @Override
    public Response handle(Request request) {
        try {
            return inner.handle(request);
        } catch (EOFException | SocketException | UnreadableBodyException e) {
            LOG.log(System.Logger.Level.DEBUG, "the caller broke off", e);
            return answer(
                    RequestIds.next(),
                    ErrorCode.SERIALIZATION,
                    "The request ended before its body did: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            return failed(request, e);
        }
    }

    private static Response failed(Request request, Exception e) {
        String requestId = RequestIds.next();
        LOG.log(System.Logger.Level.ERROR, "unexpected exception requestId=" + requestId, e);
        return answer(
                requestId,
                ErrorCode.SERVICE,
                "Hearth failed while it answered " + request.method() + " " + request.path()
                        + "; its log has the stack trace under request id " + requestId + ".");
    }

    private static Response answer(String requestId, ErrorCode code, String message) {
        return ErrorAnswer.of(code, message).with("x-amzn-RequestId", requestId);
    }
}
