package dev.hearth.lambdaapi;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// An answer as boto3 shows it, which is how the recordings were made.
final class BotoView {
    /// Errors of the front, which the service model does not have: boto3 shows only their code and message.
    private static final Set<String> UNMODELED = Set.of(
            "ValidationException",
            "AccessDeniedException",
            "SerializationException",
            "UnknownOperationException",
            "RequestEntityTooLargeException");

    private BotoView() {}

    static ObjectNode of(TestApi.Answer answer) {
        ObjectNode view = answer.status() >= 300 ? error(answer) : success(answer);
        view.putObject("ResponseMetadata").put("HTTPStatusCode", answer.status());
        return view;
    }

    private static ObjectNode success(TestApi.Answer answer) {
        if (answer.bytes().length == 0) {
            return TestApi.MAPPER.createObjectNode();
        }
        ObjectNode view = (ObjectNode) answer.json();
        // The recordings hold documents that are sent as text as what the text says.
        for (String document : List.of("Policy", "Statement")) {
            if (view.get(document) instanceof StringNode text) {
                view.set(document, TestApi.MAPPER.readTree(text.asString()));
            }
        }
        return view;
    }

    private static ObjectNode error(TestApi.Answer answer) {
        ObjectNode view = TestApi.MAPPER.createObjectNode();
        JsonNode body = answer.json();
        String code = answer.header("x-amzn-ErrorType");
        ObjectNode error = view.putObject("Error");
        error.put("Code", code);
        error.set("Message", body.has("message") ? body.get("message") : body.get("Message"));
        if (!UNMODELED.contains(code)) {
            body.propertyNames().forEach(name -> view.set(name, body.get(name)));
        }
        return view;
    }

    static ObjectNode invoke(TestApi.Answer answer) {
        ObjectNode view = TestApi.MAPPER.createObjectNode();
        if (answer.status() >= 300) {
            return of(answer);
        }
        view.put("StatusCode", answer.status());
        view.set("Payload", payload(answer));
        putHeader(view, "ExecutedVersion", answer.header("X-Amz-Executed-Version"));
        putHeader(view, "FunctionError", answer.header("X-Amz-Function-Error"));
        putHeader(view, "LogResult", answer.header("X-Amz-Log-Result"));
        view.putObject("ResponseMetadata").put("HTTPStatusCode", answer.status());
        return view;
    }

    /// The recordings hold objects as objects and all else as text.
    private static JsonNode payload(TestApi.Answer answer) {
        try {
            JsonNode json = answer.bytes().length == 0 ? TestApi.MAPPER.nullNode() : answer.json();
            return json.isObject() ? json : TestApi.MAPPER.valueToTree(answer.text());
        } catch (JacksonException e) {
            return TestApi.MAPPER.valueToTree(answer.text());
        }
    }

    private static void putHeader(ObjectNode view, String member, String value) {
        if (!value.isEmpty()) {
            view.put(member, value);
        }
    }

    /// The form in which the recordings of name validation are: violations counted and sorted.
    static ObjectNode violations(TestApi.Answer answer) {
        ObjectNode view = TestApi.MAPPER.createObjectNode();
        JsonNode error = error(answer).get("Error");
        String message = error.get("Message").asString();
        view.set("Code", error.get("Code"));
        int errors = message.indexOf(" detected: ");
        if (errors < 0) {
            view.put("Message", message);
            return view;
        }
        String[] each = message.substring(errors + " detected: ".length()).split("; Value ");
        for (int i = 1; i < each.length; i++) {
            each[i] = "Value " + each[i];
        }
        Arrays.sort(each);
        view.put("Count", each.length);
        var list = view.putArray("Errors");
        for (String violation : each) {
            list.add(violation);
        }
        return view;
    }
}
