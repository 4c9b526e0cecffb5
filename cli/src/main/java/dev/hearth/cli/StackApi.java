package dev.hearth.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The calls of the AWS Lambda API that templates need beside those of [LambdaApi]: what functions have beside code and
/// settings.
final class StackApi {
    private static final byte[] NOTHING = {};
    private static final Map<String, String> JSON_BODY = Map.of("Content-Type", "application/json");
    private static final List<String> NOT_FOUND =
            List.of("ResourceNotFoundException", "ProvisionedConcurrencyConfigNotFoundException");

    private final HttpConnection connection;

    StackApi(HttpConnection connection) {
        this.connection = connection;
    }

    /// A function's tags; none where there is no such function.
    Map<String, String> tags(String arn) {
        return find("/2017-03-31/tags/" + encode(arn))
                .map(answer -> Flat.texts(answer.get("Tags").value()))
                .orElse(Map.of());
    }

    void tag(String arn, Map<String, String> tags) {
        if (!tags.isEmpty()) {
            send("POST", "/2017-03-31/tags/" + encode(arn), Map.of("Tags", tags));
        }
    }

    void untag(String arn, List<String> keys) {
        if (!keys.isEmpty()) {
            var query = new StringBuilder();
            keys.forEach(key ->
                    query.append(query.isEmpty() ? "?" : "&").append("tagKeys=").append(encode(key)));
            delete("/2017-03-31/tags/" + encode(arn) + query);
        }
    }

    Optional<Long> reserved(String function) {
        return find("/2019-09-30/functions/" + encode(function) + "/concurrency")
                .flatMap(answer -> answer.number("ReservedConcurrentExecutions"));
    }

    void reserve(String function, Optional<Long> executions) {
        String target = "/2017-10-31/functions/" + encode(function) + "/concurrency";
        if (executions.isPresent()) {
            send("PUT", target, Map.of("ReservedConcurrentExecutions", executions.get()));
        } else {
            delete(target);
        }
    }

    /// The configuration of one version; empty where there is none.
    Optional<Json> version(String function, String qualifier) {
        return find("/2015-03-31/functions/" + encode(function) + "/configuration?Qualifier=" + encode(qualifier));
    }

    Json publish(String function, String description) {
        return send(
                "POST", "/2015-03-31/functions/" + encode(function) + "/versions", Map.of("Description", description));
    }

    Optional<Json> alias(String function, String name) {
        return find(aliases(function) + "/" + encode(name));
    }

    /// All aliases of a function.
    List<Json> listAliases(String function) {
        return pages(aliases(function), "Aliases");
    }

    void createAlias(String function, Map<String, Object> fields) {
        send("POST", aliases(function), fields);
    }

    void updateAlias(String function, String name, Map<String, Object> fields) {
        send("PUT", aliases(function) + "/" + encode(name), fields);
    }

    void deleteAlias(String function, String name) {
        delete(aliases(function) + "/" + encode(name));
    }

    private static String aliases(String function) {
        return "/2015-03-31/functions/" + encode(function) + "/aliases";
    }

    Optional<Long> provisioned(String function, String qualifier) {
        return find(provisionedTarget(function, qualifier))
                .flatMap(answer -> answer.number("RequestedProvisionedConcurrentExecutions"));
    }

    void provision(String function, String qualifier, Optional<Long> executions) {
        String target = provisionedTarget(function, qualifier);
        if (executions.isPresent()) {
            send("PUT", target, Map.of("ProvisionedConcurrentExecutions", executions.get()));
        } else {
            delete(target);
        }
    }

    private static String provisionedTarget(String function, String qualifier) {
        return "/2019-09-30/functions/" + encode(function) + "/provisioned-concurrency?Qualifier=" + encode(qualifier);
    }

    Optional<Json> url(String function, Optional<String> qualifier) {
        return find(urlTarget(function, qualifier));
    }

    Json putUrl(String function, Optional<String> qualifier, Map<String, Object> fields, boolean exists) {
        return send(exists ? "PUT" : "POST", urlTarget(function, qualifier), fields);
    }

    void deleteUrl(String function, Optional<String> qualifier) {
        delete(urlTarget(function, qualifier));
    }

    private static String urlTarget(String function, Optional<String> qualifier) {
        return "/2021-10-31/functions/" + encode(function) + "/url" + query("Qualifier", qualifier);
    }

    Optional<Json> eventInvoke(String function, String qualifier) {
        return find(eventInvokeTarget(function, qualifier));
    }

    void putEventInvoke(String function, String qualifier, Map<String, Object> fields) {
        send("PUT", eventInvokeTarget(function, qualifier), fields);
    }

    void deleteEventInvoke(String function, String qualifier) {
        delete(eventInvokeTarget(function, qualifier));
    }

    private static String eventInvokeTarget(String function, String qualifier) {
        return "/2019-09-25/functions/" + encode(function) + "/event-invoke-config?Qualifier=" + encode(qualifier);
    }

    /// The statement of a function's policy with an id.
    Optional<Json> statement(String function, Optional<String> qualifier, String id) {
        return find(policy(function) + query("Qualifier", qualifier))
                .map(answer -> Json.parse(answer.textOrEmpty("Policy")))
                .flatMap(policy -> policy.get("Statement").items().stream()
                        .filter(statement -> statement.textOrEmpty("Sid").equals(id))
                        .findFirst());
    }

    /// How many statements a function's policy has.
    int statements(String function) {
        return find(policy(function))
                .map(answer -> Json.parse(answer.textOrEmpty("Policy"))
                        .get("Statement")
                        .items()
                        .size())
                .orElse(0);
    }

    void addPermission(String function, Optional<String> qualifier, Map<String, Object> fields) {
        send("POST", policy(function) + query("Qualifier", qualifier), fields);
    }

    void removePermission(String function, Optional<String> qualifier, String id) {
        delete(policy(function) + "/" + encode(id) + query("Qualifier", qualifier));
    }

    private static String policy(String function) {
        return "/2015-03-31/functions/" + encode(function) + "/policy";
    }

    /// The versions of a layer, newest first.
    List<Json> layerVersions(String layer) {
        return pages("/2018-10-31/layers/" + encode(layer) + "/versions", "LayerVersions");
    }

    /// A version of a layer, with the digest of its content.
    Json layerVersion(String arn) {
        return get("/2018-10-31/layers?find=LayerVersion&Arn=" + encode(arn));
    }

    Json publishLayer(String layer, Map<String, Object> fields) {
        return send("POST", "/2018-10-31/layers/" + encode(layer) + "/versions", fields);
    }

    private List<Json> pages(String target, String member) {
        var all = new ArrayList<Json>();
        Optional<String> after = Optional.empty();
        do {
            Json page = get(target + query("Marker", after));
            all.addAll(page.get(member).items());
            after = page.text("NextMarker");
        } while (after.isPresent());
        return all;
    }

    private Optional<Json> find(String target) {
        try {
            return Optional.of(get(target));
        } catch (RefusedByServer e) {
            if (NOT_FOUND.contains(e.type())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Json get(String target) {
        return Answers.json(connection.send("GET", target, "lambda", Map.of(), NOTHING));
    }

    private void delete(String target) {
        Answers.json(connection.send("DELETE", target, "lambda", Map.of(), NOTHING));
    }

    private Json send(String method, String target, Map<String, Object> fields) {
        byte[] body = new Json(new LinkedHashMap<>(fields)).compact().getBytes(StandardCharsets.UTF_8);
        return Answers.json(connection.send(method, target, "lambda", JSON_BODY, body));
    }

    private static String query(String name, Optional<String> value) {
        return value.map(v -> "?" + name + "=" + encode(v)).orElse("");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
