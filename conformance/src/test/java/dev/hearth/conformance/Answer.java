package dev.hearth.conformance;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an Invoke was answered.
///
/// @param status  of HTTP
/// @param error   `X-Amz-Function-Error`
/// @param payload the body
/// @param log     the tail, decoded; empty unless asked for
record Answer(int status, Optional<String> error, String payload, String log) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    JsonNode json() {
        return JSON.readTree(payload);
    }

    /// `errorType` of a function error.
    String errorType() {
        return json().path("errorType").asString("");
    }

    /// `errorMessage` of a function error.
    String errorMessage() {
        return json().path("errorMessage").asString("");
    }
}
