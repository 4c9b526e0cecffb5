package dev.hearth.lambdaapi;

import dev.hearth.model.Architecture;
import dev.hearth.model.LayerArn;
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
            FunctionRef function, SettingsChange settings, CodeSource code, boolean publish, Map<String, String> tags)
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

    record GetFunctionCodeSigningConfig(FunctionRef function) implements LambdaOperation {}

    record GetFunctionEventInvokeConfig(FunctionRef function) implements LambdaOperation {}

    record GetFunctionUrlConfig(FunctionRef function) implements LambdaOperation {}

    record GetPolicy(FunctionRef function) implements LambdaOperation {}

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

    /// Which layers a list shall hold; empty means all.
    record LayerFilter(Optional<String> runtime, Optional<Architecture> architecture) {}

    /// The part of a list that is wanted: what comes after `after`, at most `limit` entries.
    record Page(String after, OptionalInt maxItems) {}
}
