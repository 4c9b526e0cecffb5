package dev.hearth.sam;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The properties of `AWS::Serverless::Function` and `AWS::Lambda::Function`: those that Hearth uses, and why it does
/// not use the others.
final class FunctionProperties {
    private static final String NO_IAM =
            "policies are not enforced here: every function may do everything its network allows";
    private static final String NO_IMAGE = "container images are not run yet: deploy a zip or a directory";

    /// Used, and of the same name in both types.
    static final Set<String> COMMON = Set.of(
            "FunctionName",
            "Handler",
            "Runtime",
            "Role",
            "MemorySize",
            "Timeout",
            "Description",
            "Environment",
            "Layers",
            "Architectures",
            "EphemeralStorage",
            "LoggingConfig",
            "SnapStart",
            "VpcConfig",
            "ReservedConcurrentExecutions",
            "KmsKeyArn",
            "Tags");

    private static final Set<String> SERVERLESS_ONLY = Set.of(
            "CodeUri",
            "InlineCode",
            "Tracing",
            "DeadLetterQueue",
            "AutoPublishAlias",
            "AutoPublishAliasAllProperties",
            "VersionDescription",
            "ProvisionedConcurrencyConfig",
            "FunctionUrlConfig",
            "EventInvokeConfig",
            "Events",
            "PackageType");

    private static final Set<String> LAMBDA_ONLY = Set.of("Code", "TracingConfig", "DeadLetterConfig", "PackageType");

    /// Not used, and why.
    static final Map<String, String> UNUSED = Map.ofEntries(
            Map.entry("Policies", NO_IAM),
            Map.entry("PermissionsBoundary", NO_IAM),
            Map.entry("AssumeRolePolicyDocument", NO_IAM),
            Map.entry("RolePath", NO_IAM),
            Map.entry("ImageUri", NO_IMAGE),
            Map.entry("ImageConfig", NO_IMAGE),
            Map.entry(
                    "DeploymentPreference",
                    "there is no CodeDeploy: an alias moves at once; AWS::Lambda::Alias with RoutingConfig shares calls"),
            Map.entry("FileSystemConfigs", "there is no EFS"),
            Map.entry("CodeSigningConfigArn", "signatures are not checked yet"),
            Map.entry("RuntimeManagementConfig", "a runtime is what this machine has installed"),
            Map.entry("RecursiveLoop", "recursive loops are not looked for"),
            Map.entry("AutoPublishCodeSha256", "whether code changed is told by the code itself"),
            Map.entry("PublishToLatestPublished", "there are no capacity providers"),
            Map.entry("CapacityProviderConfig", "there are no capacity providers"),
            Map.entry("FunctionScalingConfig", "there are no capacity providers"),
            Map.entry("DurableConfig", "there are no durable executions"),
            Map.entry("TenancyConfig", "every instance serves one tenant: the owner of the machine"),
            Map.entry("SourceKMSKeyArn", "code is not encrypted"),
            Map.entry("PropagateTags", "nothing but functions has tags"));

    private FunctionProperties() {}

    static Set<String> used(boolean serverless) {
        var all = new HashSet<>(COMMON);
        all.addAll(serverless ? SERVERLESS_ONLY : LAMBDA_ONLY);
        return all;
    }

    /// Why a property is not used.
    static String why(String property, boolean serverless) {
        String reason = UNUSED.get(property);
        return reason != null
                ? reason
                : "functions have no such property"
                        + Names.hint(property, used(serverless)).split(";")[0];
    }
}
