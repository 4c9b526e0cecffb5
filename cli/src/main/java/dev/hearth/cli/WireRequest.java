package dev.hearth.cli;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A request that is sent many times: its bytes, made anew only where each must be signed.
final class WireRequest {
    private final Endpoint endpoint;
    private final Optional<Signer> signer;
    private final String target;
    private final byte[] body;
    private final byte[] unsigned;

    /// @param target path and query, percent-encoded
    WireRequest(Endpoint endpoint, Optional<Signer> signer, String target, byte[] body) {
        this.endpoint = endpoint;
        this.signer = signer;
        this.target = target;
        this.body = body;
        this.unsigned = bytes(fields());
    }

    /// Head and body.
    byte[] bytes() {
        if (signer.isEmpty()) {
            return unsigned;
        }
        Map<String, String> fields = fields();
        fields.putAll(signer.get().sign("POST", endpoint.uri(), target, "lambda", fields, body));
        return bytes(fields);
    }

    private static Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("Content-Type", "application/json");
        fields.put(StartReport.REQUEST_HEADER, "1");
        return fields;
    }

    private byte[] bytes(Map<String, String> fields) {
        var head = new StringBuilder("POST ").append(target).append(" HTTP/1.1\r\nHost: ");
        head.append(endpoint.uri().getRawAuthority()).append("\r\n");
        fields.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] bytes = head.toString().getBytes(StandardCharsets.UTF_8);
        byte[] whole = java.util.Arrays.copyOf(bytes, bytes.length + body.length);
        System.arraycopy(body, 0, whole, bytes.length, body.length);
        return whole;
    }
}
