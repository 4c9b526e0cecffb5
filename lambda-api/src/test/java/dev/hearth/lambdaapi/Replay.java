package dev.hearth.lambdaapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Scenarios recorded from AWS, played again here: each step's answer is compared with the recorded one.
final class Replay {
    private static final JsonNode CONTROL = load("/aws-recorded/lambda-api.json");
    private static final JsonNode INVOKE = load("/aws-recorded/lambda.json");

    /// What was played by all scenarios, for the count at the end.
    static final class Tally {
        final Supplier<TestApi> apis;
        final TreeSet<String> scenarios = new TreeSet<>();
        final TreeMap<String, List<String>> different = new TreeMap<>();

        /// What differs by scenario and step; also where it does only because AWS has members more than then.
        final TreeMap<String, Map<String, List<String>>> played = new TreeMap<>();

        int steps;
        int same;
        int sameInOlderMembers;

        Tally() {
            this(TestApi::pending);
        }

        /// @param apis makes an empty API for each scenario
        Tally(Supplier<TestApi> apis) {
            this.apis = apis;
        }

        /// Plays all scenarios that need nothing else.
        Tally play() {
            new FunctionScenarios(this).play();
            new NameScenarios(this).play();
            new VersionScenarios(this).play();
            new LayerScenarios(this).play();
            new InvokeScenarios(this).play();
            return this;
        }
    }

    private final String scenario;
    private final JsonNode responses;
    private final Tally tally;
    final RecordedMatch match = new RecordedMatch();
    final TestApi api;

    private Replay(String scenario, Tally tally, TestApi api) {
        this.scenario = scenario;
        this.tally = tally;
        this.api = api;
        this.responses = recorded(scenario).get("responses");
        tally.scenarios.add(scenario);
    }

    /// Deployments finish when a step says so.
    static Replay of(String scenario, Tally tally) {
        return of(scenario, tally, tally.apis.get());
    }

    static Replay of(String scenario, Tally tally, TestApi api) {
        return new Replay(scenario, tally, api);
    }

    static Set<String> allScenarios() {
        var all = new TreeSet<String>();
        all.addAll(CONTROL.propertyNames());
        all.addAll(INVOKE.propertyNames());
        return all;
    }

    /// The steps of a scenario that AWS answered; what boto3 refused by itself was never sent.
    static List<String> steps(String scenario) {
        JsonNode responses = recorded(scenario).get("responses");
        return responses.propertyNames().stream()
                .filter(step -> !responses.get(step).asString("").startsWith("Parameter validation failed"))
                .toList();
    }

    private static JsonNode recorded(String scenario) {
        if (!CONTROL.has(scenario) && !INVOKE.has(scenario)) {
            throw new IllegalArgumentException("not recorded: " + scenario);
        }
        return CONTROL.has(scenario) ? CONTROL.get(scenario) : INVOKE.get(scenario);
    }

    Replay step(String name, TestApi.Answer answer) {
        return compare(name, BotoView.of(answer));
    }

    /// An Invoke, whose answer boto3 takes apart differently.
    Replay invoked(String name, TestApi.Answer answer) {
        return compare(name, BotoView.invoke(answer));
    }

    /// A step that was recorded as a sorted list of violations.
    Replay violations(String name, TestApi.Answer answer) {
        return compare(name, BotoView.violations(answer));
    }

    /// Lets deployments finish.
    Replay settle() {
        api.engine.settle();
        return this;
    }

    private Replay compare(String name, ObjectNode actual) {
        if (!responses.has(name)) {
            throw new IllegalArgumentException(scenario + " has no step " + name);
        }
        JsonNode recorded = responses.get(name);
        if (recorded.has("CreateFunctionResponse")) {
            recorded = recorded.get("CreateFunctionResponse");
        }
        recorded = comparable(recorded, actual);
        boolean lenient = withoutNewerMembers(recorded, actual);
        tally.steps++;
        List<String> differences = match.differences(recorded, actual);
        tally.played
                .computeIfAbsent(scenario, absent -> new TreeMap<>())
                .put(name, lenient ? List.of("recorded before AWS had members that it has now") : differences);
        if (differences.isEmpty()) {
            tally.same += lenient ? 0 : 1;
            tally.sameInOlderMembers += lenient ? 1 : 0;
        } else {
            tally.different.put(scenario + " " + name, new ArrayList<>(differences));
        }
        return this;
    }

    /// Recorded headers are the transport's; lists that were gathered over pages have no metadata; an answer's
    /// StatusCode is its status again.
    private static JsonNode comparable(JsonNode recorded, ObjectNode actual) {
        if (!recorded.isObject()) {
            return recorded;
        }
        ObjectNode copy = ((ObjectNode) recorded).deepCopy();
        if (copy.get("ResponseMetadata") instanceof ObjectNode metadata) {
            metadata.remove("HTTPHeaders");
            metadata.remove("RequestId");
            metadata.remove("RetryAttempts");
        } else {
            actual.remove("ResponseMetadata");
        }
        if (!actual.has("StatusCode")) {
            copy.remove("StatusCode");
        }
        return copy;
    }

    /// AWS has added these members since the oldest recordings (of 2022) were made; newer ones have them all.
    ///
    /// @return whether this is such an old one
    private static boolean withoutNewerMembers(JsonNode recorded, ObjectNode actual) {
        if (actual.get("Configuration") instanceof ObjectNode configuration) {
            return withoutNewerMembers(recorded.get("Configuration"), configuration);
        }
        if (actual.has("FunctionArn") && !recorded.has("LoggingConfig")) {
            actual.remove(List.of("LoggingConfig", "SnapStart", "RuntimeVersionConfig"));
            return true;
        }
        return false;
    }

    private static JsonNode load(String resource) {
        try (InputStream in = Replay.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no test resource " + resource);
            }
            return TestApi.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
