package dev.hearth.runtime;

import java.io.IOException;
import java.util.Locale;

/// Reads request heads, strictly by RFC 9112: what could be understood in two ways is refused.
final class HeadParser {
    /// 31 years of uptime.
    private static final int MOST_NANOS_DIGITS = 18;

    private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";
    private static final String STREAMING = "streaming";

    private final ConnectionInput input;
    private final RuntimeApiConfig config;
    private int budget;
    /// The latest `Content-Type`, which usually is the next one's too: no text is made of that.
    private String contentType = RequestHead.JSON;

    HeadParser(ConnectionInput input, RuntimeApiConfig config) {
        this.input = input;
        this.config = config;
    }

    /// Reads the next head into `head`; false where the peer has ended the connection instead.
    boolean read(RequestHead head) throws IOException, MalformedRequest {
        head.clear();
        input.shrink();
        if (!input.awaitBytes()) {
            return false;
        }
        budget = config.headLimitBytes();
        line();
        if (input.lineLength() == 0) {
            line(); // RFC 9112, 2.2: one empty line before a request is to be ignored
        }
        requestLine(head);
        fields(head);
        validate(head);
        return true;
    }

    private void line() throws IOException, MalformedRequest {
        if (!input.readLine(budget)) {
            throw new MalformedRequest(431, "the header fields exceed " + config.headLimitBytes() + " bytes");
        }
        budget -= input.lineLength() + 2;
    }

    private void requestLine(RequestHead head) throws MalformedRequest {
        int length = input.lineLength();
        int methodEnd = token(0);
        int targetEnd = methodEnd + 1;
        while (targetEnd < length && input.lineAt(targetEnd) > ' ' && input.lineAt(targetEnd) < 0x7f) {
            targetEnd++;
        }
        if (methodEnd == 0 || methodEnd >= length || input.lineAt(methodEnd) != ' ' || targetEnd == methodEnd + 1) {
            throw new MalformedRequest(400, "the request line is malformed");
        }
        head.method = input.text(0, methodEnd);
        head.path = path(input.text(methodEnd + 1, targetEnd));
        version(head, input.text(targetEnd, length));
    }

    private static String path(String target) throws MalformedRequest {
        int start = 0;
        if (target.startsWith("http://")) {
            start = target.indexOf('/', "http://".length());
        }
        if (start < 0 || target.charAt(start) != '/') {
            throw new MalformedRequest(400, "the request target is not a path");
        }
        int query = target.indexOf('?', start);
        return query < 0 && start == 0 ? target : target.substring(start, query < 0 ? target.length() : query);
    }

    private static void version(RequestHead head, String version) throws MalformedRequest {
        switch (version) {
            case " HTTP/1.1" -> head.http10 = false;
            case " HTTP/1.0" -> {
                head.http10 = true;
                head.keepAlive = false;
            }
            default ->
                throw new MalformedRequest(
                        version.matches(" HTTP/\\d\\.\\d") ? 505 : 400, "the request's protocol is not HTTP/1.1");
        }
    }

    private void fields(RequestHead head) throws IOException, MalformedRequest {
        for (int count = 0; ; count++) {
            line();
            if (input.lineLength() == 0) {
                return;
            }
            if (count == config.headerLimit()) {
                throw new MalformedRequest(431, "more than " + config.headerLimit() + " header fields");
            }
            field(head);
        }
    }

    private void field(RequestHead head) throws MalformedRequest {
        int length = input.lineLength();
        int colon = token(0);
        if (colon == 0 || colon == length || input.lineAt(colon) != ':') {
            throw new MalformedRequest(400, "a header field is malformed");
        }
        int from = colon + 1;
        int to = length;
        while (from < to && isBlank(input.lineAt(from))) {
            from++;
        }
        while (to > from && isBlank(input.lineAt(to - 1))) {
            to--;
        }
        for (int i = from; i < to; i++) {
            requireVisible(input.lineAt(i));
        }
        known(head, colon, from, to);
    }

    /// Looks at a field's value only where its name has the length of one that matters.
    private void known(RequestHead head, int nameLength, int from, int to) throws MalformedRequest {
        switch (nameLength) {
            case 4 -> head.hasHost |= nameIs("host");
            case 6 -> {
                if (nameIs("expect")) {
                    expect(head, input.text(from, to));
                }
            }
            case 10 -> {
                if (nameIs("connection")) {
                    connection(head, input.text(from, to));
                }
            }
            case 12 -> {
                if (nameIs("content-type")) {
                    head.contentType = contentType(from, to);
                } else {
                    head.hasHooks |= nameIs("hearth-hooks");
                }
            }
            case 14 -> {
                if (nameIs("content-length")) {
                    contentLength(head, from, to);
                }
            }
            case 17 -> {
                if (nameIs("transfer-encoding")) {
                    transferEncoding(head, input.text(from, to));
                }
            }
            case 18 -> {
                if (nameIs("hearth-handler-end")) {
                    head.handlerEnd = nanos(from, to);
                } else if (nameIs("hearth-code-loaded")) {
                    head.codeLoaded = nanos(from, to);
                }
            }
            case 20 -> {
                if (nameIs("hearth-handler-start")) {
                    head.handlerStart = nanos(from, to);
                } else if (nameIs("hearth-runtime-ready")) {
                    head.runtimeReady = nanos(from, to);
                }
            }
            case 21 -> {
                if (nameIs("lambda-extension-name")) {
                    head.extensionName = input.text(from, to);
                }
            }
            case 27 -> {
                if (nameIs("lambda-extension-identifier")) {
                    head.extensionId = input.text(from, to);
                }
            }
            case 31 -> {
                if (nameIs("lambda-extension-accept-feature")) {
                    head.acceptFeature = input.text(from, to);
                }
            }
            case 34 -> {
                if (nameIs("lambda-runtime-function-error-type")) {
                    head.errorType = input.text(from, to);
                }
            }
            case 36 -> {
                if (nameIs("lambda-extension-function-error-type")) {
                    head.extensionErrorType = input.text(from, to);
                }
            }
            case 37 -> {
                if (nameIs("lambda-runtime-function-response-mode")) {
                    head.streams = to - from == STREAMING.length() && isAt(from, STREAMING);
                }
            }
            default -> {
                // nothing the Runtime API looks at
            }
        }
    }

    private String contentType(int from, int to) {
        if (!isLatestContentType(from, to)) {
            contentType = input.text(from, to);
        }
        return contentType;
    }

    private boolean isLatestContentType(int from, int to) {
        if (to - from != contentType.length()) {
            return false;
        }
        for (int i = 0; i < contentType.length(); i++) {
            if (input.lineAt(from + i) != contentType.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static void expect(RequestHead head, String value) throws MalformedRequest {
        if (!value.equalsIgnoreCase("100-continue")) {
            throw new MalformedRequest(417, "no expectation but 100-continue can be met");
        }
        head.expectsContinue = true;
    }

    private static void connection(RequestHead head, String value) {
        for (String option : value.toLowerCase(Locale.ROOT).split(",")) {
            switch (option.strip()) {
                case "close" -> head.keepAlive = false;
                case "keep-alive" -> head.keepAlive = true;
                default -> {
                    // names of fields that end here; none of them matters to us
                }
            }
        }
    }

    private void contentLength(RequestHead head, int from, int to) throws MalformedRequest {
        if (from == to || to - from > 18) {
            throw new MalformedRequest(400, "Content-Length is not a number");
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = input.lineAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new MalformedRequest(400, "Content-Length is not a number");
            }
            value = value * 10 + digit;
        }
        if (head.contentLength != RequestHead.NO_LENGTH && head.contentLength != value) {
            throw new MalformedRequest(400, "Content-Length is given twice, differently");
        }
        head.contentLength = value;
    }

    /// A point in time; 0 where it is none, because what depends on it can do without.
    private long nanos(int from, int to) {
        if (to - from > MOST_NANOS_DIGITS) {
            return 0;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = input.lineAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static void transferEncoding(RequestHead head, String value) throws MalformedRequest {
        if (head.chunked || !value.equalsIgnoreCase("chunked")) {
            throw new MalformedRequest(501, "no transfer coding but chunked is known");
        }
        head.chunked = true;
    }

    private static void validate(RequestHead head) throws MalformedRequest {
        if (head.chunked && (head.contentLength != RequestHead.NO_LENGTH || head.http10)) {
            throw new MalformedRequest(400, "the length of the body is ambiguous");
        }
        if (!head.hasHost && !head.http10) {
            throw new MalformedRequest(400, "the header field Host is missing");
        }
    }

    /// The end of the token that starts at `from`.
    private int token(int from) {
        int i = from;
        while (i < input.lineLength() && isTokenByte(input.lineAt(i))) {
            i++;
        }
        return i;
    }

    private boolean nameIs(String lowerCase) {
        return isAt(0, lowerCase);
    }

    /// Whether a text of which the length is known to fit stands there, in upper or lower case.
    private boolean isAt(int from, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            int b = input.lineAt(from + i);
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTokenByte(int b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || TOKEN_SYMBOLS.indexOf(b) >= 0;
    }

    private static boolean isBlank(int b) {
        return b == ' ' || b == '\t';
    }

    private static void requireVisible(int b) throws MalformedRequest {
        if ((b < ' ' && b != '\t') || b == 0x7f) {
            throw new MalformedRequest(400, "a header field has a control character");
        }
    }
}
