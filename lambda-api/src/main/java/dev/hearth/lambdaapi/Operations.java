package dev.hearth.lambdaapi;

import dev.hearth.http.Response;
import java.io.IOException;

/// Runs operations: the one switch over all of them.
record Operations(
        Functions functions,
        FunctionUpdates updates,
        Versions versions,
        Aliases aliases,
        Layers layers,
        Tags tags,
        Concurrency concurrency,
        Provisioned provisioned,
        Unset unset,
        Invoker invoker) {

    /// @param requestId of the request, for those that need it
    Response run(LambdaOperation operation, String requestId) throws IOException {
        return switch (operation) {
            case LambdaOperation.Invoke invoke -> invoker.invoke(invoke, requestId);
            case LambdaOperation.CreateFunction create -> functions.create(create);
            case LambdaOperation.GetFunction get -> functions.get(get);
            case LambdaOperation.GetFunctionConfiguration get -> functions.getConfiguration(get.function());
            case LambdaOperation.ListFunctions list -> functions.list(list);
            case LambdaOperation.DeleteFunction delete -> functions.delete(delete.function());
            case LambdaOperation.UpdateFunctionCode update -> updates.updateCode(update);
            case LambdaOperation.UpdateFunctionConfiguration update -> updates.updateConfiguration(update);
            case LambdaOperation.PublishVersion publish -> versions.publish(publish);
            case LambdaOperation.ListVersionsByFunction list -> versions.list(list);
            case LambdaOperation.CreateAlias create -> aliases.create(create);
            case LambdaOperation.GetAlias get -> aliases.get(get);
            case LambdaOperation.ListAliases list -> aliases.list(list);
            case LambdaOperation.UpdateAlias update -> aliases.update(update);
            case LambdaOperation.DeleteAlias delete -> aliases.delete(delete);
            case LambdaOperation.PublishLayerVersion publish -> layers.publish(publish);
            case LambdaOperation.GetLayerVersion get -> layers.get(get.layer(), get.version(), get.endpoint());
            case LambdaOperation.GetLayerVersionByArn get -> layers.get(get.layer(), get.version(), get.endpoint());
            case LambdaOperation.ListLayerVersions list -> layers.listVersions(list);
            case LambdaOperation.ListLayers list -> layers.list(list);
            case LambdaOperation.DeleteLayerVersion delete -> layers.delete(delete);
            case LambdaOperation.GetLayerVersionPolicy get -> layers.policy(get);
            case LambdaOperation.TagResource tag -> tags.tag(tag);
            case LambdaOperation.UntagResource untag -> tags.untag(untag.function(), untag.tagKeys());
            case LambdaOperation.ListTags list -> tags.list(list.function());
            case LambdaOperation.PutFunctionConcurrency put -> concurrency.put(put);
            case LambdaOperation.GetFunctionConcurrency get -> concurrency.get(get.function());
            case LambdaOperation.DeleteFunctionConcurrency delete -> concurrency.delete(delete.function());
            case LambdaOperation.PutProvisionedConcurrencyConfig put -> provisioned.put(put);
            case LambdaOperation.GetProvisionedConcurrencyConfig get -> provisioned.get(get.function());
            case LambdaOperation.DeleteProvisionedConcurrencyConfig delete -> provisioned.delete(delete.function());
            case LambdaOperation.ListProvisionedConcurrencyConfigs list -> provisioned.list(list);
            case LambdaOperation.GetAccountSettings get -> concurrency.accountSettings();
            case LambdaOperation.GetFunctionCodeSigningConfig get -> unset.codeSigning(get.function());
            case LambdaOperation.GetFunctionEventInvokeConfig get -> unset.eventInvokeConfig(get.function());
            case LambdaOperation.GetFunctionUrlConfig get -> unset.functionUrl();
            case LambdaOperation.GetPolicy get -> unset.policy(get.function());
        };
    }
}
