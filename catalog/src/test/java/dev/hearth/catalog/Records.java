package dev.hearth.catalog;

import dev.hearth.model.CodeSigningConfig;
import dev.hearth.model.CorsConfig;
import dev.hearth.model.EventInvokeConfig;
import dev.hearth.model.EventSourceMapping;
import dev.hearth.model.FunctionUrl;
import dev.hearth.model.IamPolicy;
import dev.hearth.model.IamRole;
import dev.hearth.model.ProvisionedConcurrency;
import dev.hearth.model.ResourcePolicy;
import dev.hearth.model.RuntimeManagement;
import dev.hearth.model.ScalingConfig;
import dev.hearth.model.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One record of each kind, with something in every component that can be empty or not.
final class Records {
    static final ProvisionedConcurrency PROVISIONED = provisioned("1", 3);
    static final EventInvokeConfig EVENT_INVOKE = new EventInvokeConfig(
            Scope.DEFAULT.function("f"),
            "live",
            Optional.of(0),
            Optional.empty(),
            Optional.of("arn:aws:sqs:us-east-1:000000000000:q"),
            Optional.empty(),
            Samples.TIME);
    static final FunctionUrl URL = new FunctionUrl(
            Scope.DEFAULT.function("f"),
            "$LATEST",
            "a".repeat(32),
            "NONE",
            "BUFFERED",
            Optional.of(new CorsConfig(
                    Optional.of(false),
                    Optional.of(List.of()),
                    Optional.of(List.of("GET", "PUT")),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(60))),
            Samples.TIME,
            Samples.TIME.plusSeconds(1));
    static final ResourcePolicy POLICY = new ResourcePolicy(
            List.of(new ResourcePolicy.Statement("s", "{\"Sid\":\"s\"}"), new ResourcePolicy.Statement("a", "{}")),
            "revision");
    static final RuntimeManagement RUNTIME_MANAGEMENT = new RuntimeManagement("Manual", Optional.of("arn:r"));
    static final ScalingConfig SCALING = new ScalingConfig(Optional.of(1), Optional.empty());
    static final CodeSigningConfig CODE_SIGNING =
            new CodeSigningConfig("arn:csc-1", "described", List.of("arn:p"), "Enforce", Samples.TIME);
    static final EventSourceMapping EVENT_SOURCE = new EventSourceMapping(
            "u",
            Scope.DEFAULT.function("f"),
            Optional.of("live"),
            Optional.empty(),
            true,
            Samples.TIME,
            Map.of("BatchSize", 10L, "Topics", List.of("t"), "On", Map.of("Deep", true, "Real", 1.5)));

    static final IamRole ROLE = new IamRole(
            "arn:aws:iam::000000000000:role/R",
            "R",
            "/",
            "AROA",
            Samples.TIME,
            "{}",
            Optional.of("described"),
            Duration.ofHours(1),
            Map.of("team", ""),
            Map.of("inline", "{\"Statement\":[]}"),
            List.of("arn:aws:iam::aws:policy/P"));
    static final IamPolicy MANAGED_POLICY = new IamPolicy(
            "arn:aws:iam::000000000000:policy/p",
            "p",
            "/",
            "ANPA",
            Samples.TIME,
            Samples.TIME.plusSeconds(1),
            Optional.empty(),
            List.of(new IamPolicy.Version(2, "{}", Samples.TIME), new IamPolicy.Version(3, "[]", Samples.TIME)),
            3,
            4,
            Map.of());

    private Records() {}

    static ProvisionedConcurrency provisioned(String qualifier, int instances) {
        return new ProvisionedConcurrency(Scope.DEFAULT.function("f"), qualifier, instances, Samples.TIME);
    }
}
