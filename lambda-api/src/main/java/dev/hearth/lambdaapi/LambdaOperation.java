package dev.hearth.lambdaapi;

import dev.hearth.model.Architecture;
import dev.hearth.model.CorsConfig;
import dev.hearth.model.LayerArn;
import dev.hearth.model.RuntimeManagement;
import dev.hearth.model.ScalingConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Every operation of the Lambda API that Hearth answers: what a request is once it has been parsed and validated.
/// A new operation is a record here, a route in [Routes] and a case in [Operations].
///
/// `endpoint` is the URL under which the caller reached this server; `page` says which part of a list is wanted.
sealed interface LambdaOperation {

    record CreateFunction(
            FunctionRef function,
            SettingsChange settings,
            CodeSource code,
            boolean publish,
            Map<String, String> tags,
            Optional<String> codeSigningConfigArn)
            implements LambdaOperation {}

    record GetFunction(FunctionRef function, String endpoint) implements LambdaOperation {}

    record GetFunctionConfiguration(FunctionRef function) implements LambdaOperation {}

    record ListFunctions(boolean allVersions, Page page) implements LambdaOperation {}

    record UpdateFunctionCode(
            FunctionRef function,
            CodeSource code,
            Optional<Architecture> architecture,
            boolean publish,
            boolean dryRun,
            Optional<String> revisionId)
            implements LambdaOperation {}

    record UpdateFunctionConfiguration(FunctionRef function, SettingsChange settings, Optional<String> revisionId)
            implements LambdaOperation {}

    record DeleteFunction(FunctionRef function) implements LambdaOperation {}

    record PublishVersion(
            FunctionRef function,
            Optional<String> codeSha256,
            Optional<String> description,
            Optional<String> revisionId)
            implements LambdaOperation {}

    record ListVersionsByFunction(FunctionRef function, Page page) implements LambdaOperation {}

    record CreateAlias(
            FunctionRef function, String name, String version, String description, Map<String, Double> routingWeights)
            implements LambdaOperation {}

    record GetAlias(FunctionRef function, String name) implements LambdaOperation {}

    record ListAliases(FunctionRef function, Optional<String> version, Page page) implements LambdaOperation {}

    record UpdateAlias(
            FunctionRef function,
            String name,
            Optional<String> version,
            Optional<String> description,
            Optional<Map<String, Double>> routingWeights,
            Optional<String> revisionId)
            implements LambdaOperation {}

    record DeleteAlias(FunctionRef function, String name) implements LambdaOperation {}

    /// Absent lists of compatible things are answered as absent, empty ones as empty.
    record PublishLayerVersion(
            LayerArn layer,
            String description,
            CodeSource code,
            Optional<List<String>> compatibleRuntimes,
            Optional<List<Architecture>> compatibleArchitectures,
            Optional<String> licenseInfo,
            String endpoint)
            implements LambdaOperation {}

    record GetLayerVersion(LayerArn layer, long version, String endpoint) implements LambdaOperation {}

    record GetLayerVersionByArn(LayerArn layer, long version, String endpoint) implements LambdaOperation {}

    record ListLayerVersions(LayerArn layer, LayerFilter filter, Page page) implements LambdaOperation {}

    record ListLayers(LayerFilter filter, Page page) implements LambdaOperation {}

    record DeleteLayerVersion(LayerArn layer, long version) implements LambdaOperation {}

    record GetLayerVersionPolicy(LayerArn layer, long version) implements LambdaOperation {}

    record TagResource(FunctionRef function, Map<String, String> tags) implements LambdaOperation {}

    record UntagResource(FunctionRef function, List<String> tagKeys) implements LambdaOperation {}

    record ListTags(FunctionRef function) implements LambdaOperation {}

    record PutFunctionConcurrency(FunctionRef function, int reserved) implements LambdaOperation {}

    record GetFunctionConcurrency(FunctionRef function) implements LambdaOperation {}

    record DeleteFunctionConcurrency(FunctionRef function) implements LambdaOperation {}

    record PutProvisionedConcurrencyConfig(FunctionRef function, int instances) implements LambdaOperation {}

    record GetProvisionedConcurrencyConfig(FunctionRef function) implements LambdaOperation {}

    record DeleteProvisionedConcurrencyConfig(FunctionRef function) implements LambdaOperation {}

    record ListProvisionedConcurrencyConfigs(FunctionRef function, Page page) implements LambdaOperation {}

    record GetAccountSettings() implements LambdaOperation {}

    record CreateCodeSigningConfig(String description, List<String> publishers, Optional<String> policy)
            implements LambdaOperation {}

    record GetCodeSigningConfig(String arn) implements LambdaOperation {}

    record UpdateCodeSigningConfig(
            String arn, Optional<String> description, Optional<List<String>> publishers, Optional<String> policy)
            implements LambdaOperation {}

    record DeleteCodeSigningConfig(String arn) implements LambdaOperation {}

    record ListCodeSigningConfigs(Page page) implements LambdaOperation {}

    record ListFunctionsByCodeSigningConfig(String arn, Page page) implements LambdaOperation {}

    record PutFunctionCodeSigningConfig(FunctionRef function, String arn) implements LambdaOperation {}

    record GetFunctionCodeSigningConfig(FunctionRef function) implements LambdaOperation {}

    record DeleteFunctionCodeSigningConfig(FunctionRef function) implements LambdaOperation {}

    record PutFunctionEventInvokeConfig(FunctionRef function, EventInvokeChange change) implements LambdaOperation {}

    record UpdateFunctionEventInvokeConfig(FunctionRef function, EventInvokeChange change) implements LambdaOperation {}

    record GetFunctionEventInvokeConfig(FunctionRef function) implements LambdaOperation {}

    record DeleteFunctionEventInvokeConfig(FunctionRef function) implements LambdaOperation {}

    record ListFunctionEventInvokeConfigs(FunctionRef function, Page page) implements LambdaOperation {}

    record CreateFunctionUrlConfig(
            FunctionRef function, String authType, String invokeMode, Optional<CorsConfig> cors, String endpoint)
            implements LambdaOperation {}

    record GetFunctionUrlConfig(FunctionRef function, String endpoint) implements LambdaOperation {}

    record UpdateFunctionUrlConfig(
            FunctionRef function,
            Optional<String> authType,
            Optional<String> invokeMode,
            Optional<CorsConfig> cors,
            String endpoint)
            implements LambdaOperation {}

    record DeleteFunctionUrlConfig(FunctionRef function) implements LambdaOperation {}

    record ListFunctionUrlConfigs(FunctionRef function, Page page, String endpoint) implements LambdaOperation {}

    record AddPermission(
            FunctionRef function,
            String statementId,
            String action,
            String principal,
            Statements.Conditions conditions,
            Optional<String> revisionId)
            implements LambdaOperation {}

    record RemovePermission(FunctionRef function, String statementId, Optional<String> revisionId)
            implements LambdaOperation {}

    record GetPolicy(FunctionRef function) implements LambdaOperation {}

    record AddLayerVersionPermission(
            LayerArn layer,
            long version,
            String statementId,
            String action,
            String principal,
            Optional<String> organizationId,
            Optional<String> revisionId)
            implements LambdaOperation {}

    record RemoveLayerVersionPermission(LayerArn layer, long version, String statementId, Optional<String> revisionId)
            implements LambdaOperation {}

    record PutRuntimeManagementConfig(FunctionRef function, RuntimeManagement management) implements LambdaOperation {}

    record GetRuntimeManagementConfig(FunctionRef function) implements LambdaOperation {}

    record PutFunctionRecursionConfig(FunctionRef function, String recursiveLoop) implements LambdaOperation {}

    record GetFunctionRecursionConfig(FunctionRef function) implements LambdaOperation {}

    /// Without bounds those that were set are taken away.
    record PutFunctionScalingConfig(FunctionRef function, Optional<ScalingConfig> scaling) implements LambdaOperation {}

    record GetFunctionScalingConfig(FunctionRef function) implements LambdaOperation {}

    record CreateEventSourceMapping(FunctionRef function, EventSourceSettings settings, boolean enabled)
            implements LambdaOperation {}

    /// What `members` may hold and mean is told by the source, which the catalog knows.
    record UpdateEventSourceMapping(
            String uuid, Optional<FunctionRef> function, Fields members, Optional<Boolean> enabled)
            implements LambdaOperation {}

    record GetEventSourceMapping(String uuid) implements LambdaOperation {}

    record DeleteEventSourceMapping(String uuid) implements LambdaOperation {}

    record ListEventSourceMappings(Optional<String> sourceArn, Optional<FunctionRef> function, Page page)
            implements LambdaOperation {}

    /// A synchronous call of a function, or with `dryRun` the question whether it could be made. With `report` the
    /// answer says where its instance came from and when what happened.
    record Invoke(
            FunctionRef function,
            boolean dryRun,
            boolean logTail,
            Optional<String> clientContext,
            Optional<String> traceId,
            boolean report,
            byte[] payload,
            long receivedNanos)
            implements LambdaOperation {
        @Override
        public String toString() {
            return "Invoke[" + function.name() + ", " + payload.length + " bytes]";
        }
    }

    /// A call of a function that nobody waits for: Invoke with InvocationType Event, or the older operation of
    /// this name, whose answer has no body either.
    record InvokeAsync(FunctionRef function, Optional<String> clientContext, Optional<String> traceId, byte[] payload)
            implements LambdaOperation {
        @Override
        public String toString() {
            return "InvokeAsync[" + function.name() + ", " + payload.length + " bytes]";
        }
    }

    /// An [Invoke] with the answer as events, while the function writes it.
    record InvokeWithResponseStream(Invoke invoke) implements LambdaOperation {}

    /// What is empty was not named.
    record EventInvokeChange(
            Optional<Integer> maximumRetries,
            Optional<Integer> maximumAgeSeconds,
            Optional<Destinations.Pair> destinations) {}

    /// Which layers a list shall hold; empty means all.
    record LayerFilter(Optional<String> runtime, Optional<Architecture> architecture) {}

    /// The part of a list that is wanted: what comes after `after`, at most `limit` entries.
    record Page(String after, OptionalInt maxItems) {}
}
