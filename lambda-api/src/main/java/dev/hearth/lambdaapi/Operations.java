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
        EventInvokeConfigs eventInvokes,
        FunctionUrls urls,
        Policies policies,
        LayerPolicies layerPolicies,
        CodeSigning codeSigning,
        VersionSettings versionSettings,
        EventSourceMappings eventSources,
        Invoker invoker,
        AsyncInvoker asyncInvoker) {

    /// @param requestId of the request, for those that need it
    Response run(LambdaOperation operation, String requestId) throws IOException {
        return switch (operation) {
            case LambdaOperation.Invoke invoke -> invoker.invoke(invoke, requestId);
            case LambdaOperation.InvokeAsync invoke -> asyncInvoker.invoke(invoke, requestId);
            case LambdaOperation.InvokeWithResponseStream stream -> invoker.stream(stream.invoke(), requestId);
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
            case LambdaOperation.PutFunctionEventInvokeConfig put -> eventInvokes.put(put);
            case LambdaOperation.UpdateFunctionEventInvokeConfig update -> eventInvokes.update(update);
            case LambdaOperation.GetFunctionEventInvokeConfig get -> eventInvokes.get(get.function());
            case LambdaOperation.DeleteFunctionEventInvokeConfig delete -> eventInvokes.delete(delete.function());
            case LambdaOperation.ListFunctionEventInvokeConfigs list -> eventInvokes.list(list);
            case LambdaOperation.CreateFunctionUrlConfig create -> urls.create(create);
            case LambdaOperation.GetFunctionUrlConfig get -> urls.get(get);
            case LambdaOperation.UpdateFunctionUrlConfig update -> urls.update(update);
            case LambdaOperation.DeleteFunctionUrlConfig delete -> urls.delete(delete.function());
            case LambdaOperation.ListFunctionUrlConfigs list -> urls.list(list);
            case LambdaOperation.AddPermission add -> policies.add(add);
            case LambdaOperation.RemovePermission remove -> policies.remove(remove);
            case LambdaOperation.GetPolicy get -> policies.get(get.function());
            case LambdaOperation.AddLayerVersionPermission add -> layerPolicies.add(add);
            case LambdaOperation.RemoveLayerVersionPermission remove -> layerPolicies.remove(remove);
            case LambdaOperation.GetLayerVersionPolicy get -> layerPolicies.get(get);
            case LambdaOperation.CreateCodeSigningConfig create -> codeSigning.create(create);
            case LambdaOperation.GetCodeSigningConfig get -> codeSigning.get(get.arn());
            case LambdaOperation.UpdateCodeSigningConfig update -> codeSigning.update(update);
            case LambdaOperation.DeleteCodeSigningConfig delete -> codeSigning.delete(delete.arn());
            case LambdaOperation.ListCodeSigningConfigs list -> codeSigning.list(list.page());
            case LambdaOperation.ListFunctionsByCodeSigningConfig list -> codeSigning.listFunctions(list);
            case LambdaOperation.PutFunctionCodeSigningConfig put -> codeSigning.putOfFunction(put);
            case LambdaOperation.GetFunctionCodeSigningConfig get -> codeSigning.getOfFunction(get.function());
            case LambdaOperation.DeleteFunctionCodeSigningConfig delete ->
                codeSigning.deleteOfFunction(delete.function());
            case LambdaOperation.PutRuntimeManagementConfig put -> versionSettings.putRuntimeManagement(put);
            case LambdaOperation.GetRuntimeManagementConfig get -> versionSettings.runtimeManagement(get.function());
            case LambdaOperation.PutFunctionRecursionConfig put -> versionSettings.putRecursion(put);
            case LambdaOperation.GetFunctionRecursionConfig get -> versionSettings.recursion(get.function());
            case LambdaOperation.PutFunctionScalingConfig put -> versionSettings.putScaling(put);
            case LambdaOperation.GetFunctionScalingConfig get -> versionSettings.scaling(get.function());
            case LambdaOperation.CreateEventSourceMapping create -> eventSources.create(create);
            case LambdaOperation.GetEventSourceMapping get -> eventSources.get(get.uuid());
            case LambdaOperation.UpdateEventSourceMapping update -> eventSources.update(update);
            case LambdaOperation.DeleteEventSourceMapping delete -> eventSources.delete(delete.uuid());
            case LambdaOperation.ListEventSourceMappings list -> eventSources.list(list);
        };
    }
}
