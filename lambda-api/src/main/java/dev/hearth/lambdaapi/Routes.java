package dev.hearth.lambdaapi;

import static dev.hearth.lambdaapi.Route.refused;
import static dev.hearth.lambdaapi.Route.stored;
import static dev.hearth.lambdaapi.Route.works;

import dev.hearth.http.Query;
import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import java.util.List;
import java.util.stream.Stream;

/// All operations of the Lambda API, as AWS's service model (botocore 1.43, `lambda/2015-03-31`) lists them. The
/// table in docs/operations.md is checked against it.
final class Routes {
    static final List<Route> WORKING = List.of(
            stored(
                    "POST",
                    "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy",
                    "AddLayerVersionPermission",
                    LayerPolicyRequests::add),
            stored("POST", "/2015-03-31/functions/{FunctionName}/policy", "AddPermission", PolicyRequests::add),
            works("POST", "/2015-03-31/functions/{FunctionName}/aliases", "CreateAlias", AliasRequests::create),
            stored("POST", "/2020-04-22/code-signing-configs", "CreateCodeSigningConfig", CodeSigningRequests::create),
            stored(
                    "POST",
                    "/2015-03-31/event-source-mappings",
                    "CreateEventSourceMapping",
                    EventSourceRequests::create),
            works("POST", "/2015-03-31/functions", "CreateFunction", FunctionRequests::create),
            works(
                    "POST",
                    "/2021-10-31/functions/{FunctionName}/url",
                    "CreateFunctionUrlConfig",
                    FunctionUrlRequests::create),
            works(
                    "DELETE",
                    "/2015-03-31/functions/{FunctionName}/aliases/{Name}",
                    "DeleteAlias",
                    AliasRequests::delete),
            stored(
                    "DELETE",
                    "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}",
                    "DeleteCodeSigningConfig",
                    CodeSigningRequests::delete),
            stored(
                    "DELETE",
                    "/2015-03-31/event-source-mappings/{UUID}",
                    "DeleteEventSourceMapping",
                    EventSourceRequests::delete),
            works("DELETE", "/2015-03-31/functions/{FunctionName}", "DeleteFunction", FunctionRequests::delete),
            stored(
                    "DELETE",
                    "/2020-06-30/functions/{FunctionName}/code-signing-config",
                    "DeleteFunctionCodeSigningConfig",
                    CodeSigningRequests::deleteOfFunction),
            works(
                    "DELETE",
                    "/2017-10-31/functions/{FunctionName}/concurrency",
                    "DeleteFunctionConcurrency",
                    ConcurrencyRequests::delete),
            works(
                    "DELETE",
                    "/2019-09-25/functions/{FunctionName}/event-invoke-config",
                    "DeleteFunctionEventInvokeConfig",
                    EventInvokeRequests::delete),
            works(
                    "DELETE",
                    "/2021-10-31/functions/{FunctionName}/url",
                    "DeleteFunctionUrlConfig",
                    FunctionUrlRequests::delete),
            works(
                    "DELETE",
                    "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}",
                    "DeleteLayerVersion",
                    LayerRequests::delete),
            works(
                    "DELETE",
                    "/2019-09-30/functions/{FunctionName}/provisioned-concurrency",
                    "DeleteProvisionedConcurrencyConfig",
                    ProvisionedRequests::delete),
            works(
                    "GET",
                    "/2016-08-19/account-settings",
                    "GetAccountSettings",
                    call -> new LambdaOperation.GetAccountSettings()),
            works("GET", "/2015-03-31/functions/{FunctionName}/aliases/{Name}", "GetAlias", AliasRequests::get),
            stored(
                    "GET",
                    "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}",
                    "GetCodeSigningConfig",
                    CodeSigningRequests::get),
            stored(
                    "GET",
                    "/2015-03-31/event-source-mappings/{UUID}",
                    "GetEventSourceMapping",
                    EventSourceRequests::get),
            works("GET", "/2015-03-31/functions/{FunctionName}", "GetFunction", FunctionRequests::get),
            stored(
                    "GET",
                    "/2020-06-30/functions/{FunctionName}/code-signing-config",
                    "GetFunctionCodeSigningConfig",
                    CodeSigningRequests::getOfFunction),
            works(
                    "GET",
                    "/2019-09-30/functions/{FunctionName}/concurrency",
                    "GetFunctionConcurrency",
                    ConcurrencyRequests::get),
            works(
                    "GET",
                    "/2015-03-31/functions/{FunctionName}/configuration",
                    "GetFunctionConfiguration",
                    FunctionRequests::getConfiguration),
            works(
                    "GET",
                    "/2019-09-25/functions/{FunctionName}/event-invoke-config",
                    "GetFunctionEventInvokeConfig",
                    EventInvokeRequests::get),
            stored(
                    "GET",
                    "/2024-08-31/functions/{FunctionName}/recursion-config",
                    "GetFunctionRecursionConfig",
                    VersionSettingRequests::getRecursion),
            stored(
                    "GET",
                    "/2025-11-30/functions/{FunctionName}/function-scaling-config",
                    "GetFunctionScalingConfig",
                    VersionSettingRequests::getScaling),
            works("GET", "/2021-10-31/functions/{FunctionName}/url", "GetFunctionUrlConfig", FunctionUrlRequests::get),
            works(
                    "GET",
                    "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}",
                    "GetLayerVersion",
                    LayerRequests::get),
            works("GET", "/2018-10-31/layers?find=LayerVersion", "GetLayerVersionByArn", LayerRequests::getByArn),
            stored(
                    "GET",
                    "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy",
                    "GetLayerVersionPolicy",
                    LayerRequests::policy),
            stored(
                    "GET",
                    "/2015-03-31/functions/{FunctionName}/policy",
                    "GetPolicy",
                    call -> new LambdaOperation.GetPolicy(call.qualifiedFunction())),
            works(
                    "GET",
                    "/2019-09-30/functions/{FunctionName}/provisioned-concurrency",
                    "GetProvisionedConcurrencyConfig",
                    ProvisionedRequests::get),
            stored(
                    "GET",
                    "/2021-07-20/functions/{FunctionName}/runtime-management-config",
                    "GetRuntimeManagementConfig",
                    VersionSettingRequests::getRuntimeManagement),
            works("POST", "/2015-03-31/functions/{FunctionName}/invocations", "Invoke", InvokeRequests::parse),
            works(
                    "POST",
                    "/2014-11-13/functions/{FunctionName}/invoke-async",
                    "InvokeAsync",
                    InvokeRequests::parseAsync),
            works(
                    "POST",
                    "/2021-11-15/functions/{FunctionName}/response-streaming-invocations",
                    "InvokeWithResponseStream",
                    InvokeRequests::streaming),
            works("GET", "/2015-03-31/functions/{FunctionName}/aliases", "ListAliases", AliasRequests::list),
            stored("GET", "/2020-04-22/code-signing-configs", "ListCodeSigningConfigs", CodeSigningRequests::list),
            stored("GET", "/2015-03-31/event-source-mappings", "ListEventSourceMappings", EventSourceRequests::list),
            works(
                    "GET",
                    "/2019-09-25/functions/{FunctionName}/event-invoke-config/list",
                    "ListFunctionEventInvokeConfigs",
                    EventInvokeRequests::list),
            works(
                    "GET",
                    "/2021-10-31/functions/{FunctionName}/urls",
                    "ListFunctionUrlConfigs",
                    FunctionUrlRequests::list),
            works("GET", "/2015-03-31/functions", "ListFunctions", FunctionRequests::list),
            stored(
                    "GET",
                    "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}/functions",
                    "ListFunctionsByCodeSigningConfig",
                    CodeSigningRequests::listFunctions),
            works("GET", "/2018-10-31/layers/{LayerName}/versions", "ListLayerVersions", LayerRequests::listVersions),
            works("GET", "/2018-10-31/layers", "ListLayers", LayerRequests::list),
            works(
                    "GET",
                    "/2019-09-30/functions/{FunctionName}/provisioned-concurrency?List=ALL",
                    "ListProvisionedConcurrencyConfigs",
                    ProvisionedRequests::list),
            works("GET", "/2017-03-31/tags/{Resource}", "ListTags", TagRequests::list),
            works(
                    "GET",
                    "/2015-03-31/functions/{FunctionName}/versions",
                    "ListVersionsByFunction",
                    FunctionRequests::listVersions),
            works("POST", "/2018-10-31/layers/{LayerName}/versions", "PublishLayerVersion", LayerRequests::publish),
            works("POST", "/2015-03-31/functions/{FunctionName}/versions", "PublishVersion", FunctionRequests::publish),
            stored(
                    "PUT",
                    "/2020-06-30/functions/{FunctionName}/code-signing-config",
                    "PutFunctionCodeSigningConfig",
                    CodeSigningRequests::putOfFunction),
            works(
                    "PUT",
                    "/2017-10-31/functions/{FunctionName}/concurrency",
                    "PutFunctionConcurrency",
                    ConcurrencyRequests::put),
            works(
                    "PUT",
                    "/2019-09-25/functions/{FunctionName}/event-invoke-config",
                    "PutFunctionEventInvokeConfig",
                    EventInvokeRequests::put),
            stored(
                    "PUT",
                    "/2024-08-31/functions/{FunctionName}/recursion-config",
                    "PutFunctionRecursionConfig",
                    VersionSettingRequests::putRecursion),
            stored(
                    "PUT",
                    "/2025-11-30/functions/{FunctionName}/function-scaling-config",
                    "PutFunctionScalingConfig",
                    VersionSettingRequests::putScaling),
            works(
                    "PUT",
                    "/2019-09-30/functions/{FunctionName}/provisioned-concurrency",
                    "PutProvisionedConcurrencyConfig",
                    ProvisionedRequests::put),
            stored(
                    "PUT",
                    "/2021-07-20/functions/{FunctionName}/runtime-management-config",
                    "PutRuntimeManagementConfig",
                    VersionSettingRequests::putRuntimeManagement),
            stored(
                    "DELETE",
                    "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId}",
                    "RemoveLayerVersionPermission",
                    LayerPolicyRequests::remove),
            stored(
                    "DELETE",
                    "/2015-03-31/functions/{FunctionName}/policy/{StatementId}",
                    "RemovePermission",
                    PolicyRequests::remove),
            works("POST", "/2017-03-31/tags/{Resource}", "TagResource", TagRequests::tag),
            works("DELETE", "/2017-03-31/tags/{Resource}", "UntagResource", TagRequests::untag),
            works("PUT", "/2015-03-31/functions/{FunctionName}/aliases/{Name}", "UpdateAlias", AliasRequests::update),
            stored(
                    "PUT",
                    "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}",
                    "UpdateCodeSigningConfig",
                    CodeSigningRequests::update),
            stored(
                    "PUT",
                    "/2015-03-31/event-source-mappings/{UUID}",
                    "UpdateEventSourceMapping",
                    EventSourceRequests::update),
            works(
                    "PUT",
                    "/2015-03-31/functions/{FunctionName}/code",
                    "UpdateFunctionCode",
                    FunctionRequests::updateCode),
            works(
                    "PUT",
                    "/2015-03-31/functions/{FunctionName}/configuration",
                    "UpdateFunctionConfiguration",
                    FunctionRequests::updateConfiguration),
            works(
                    "POST",
                    "/2019-09-25/functions/{FunctionName}/event-invoke-config",
                    "UpdateFunctionEventInvokeConfig",
                    EventInvokeRequests::update),
            works(
                    "PUT",
                    "/2021-10-31/functions/{FunctionName}/url",
                    "UpdateFunctionUrlConfig",
                    FunctionUrlRequests::update));

    static final List<Route> REFUSED = List.of(
            refused(
                    "POST",
                    "/2025-12-01/durable-executions/{DurableExecutionArn}/checkpoint",
                    "CheckpointDurableExecution"),
            refused("POST", "/2025-11-30/capacity-providers", "CreateCapacityProvider"),
            refused("DELETE", "/2025-11-30/capacity-providers/{CapacityProviderName}", "DeleteCapacityProvider"),
            refused("GET", "/2025-11-30/capacity-providers/{CapacityProviderName}", "GetCapacityProvider"),
            refused("GET", "/2025-12-01/durable-executions/{DurableExecutionArn}", "GetDurableExecution"),
            refused(
                    "GET",
                    "/2025-12-01/durable-executions/{DurableExecutionArn}/history",
                    "GetDurableExecutionHistory"),
            refused("GET", "/2025-12-01/durable-executions/{DurableExecutionArn}/state", "GetDurableExecutionState"),
            refused("GET", "/2025-11-30/capacity-providers", "ListCapacityProviders"),
            refused(
                    "GET",
                    "/2025-12-01/functions/{FunctionName}/durable-executions",
                    "ListDurableExecutionsByFunction"),
            refused(
                    "GET",
                    "/2025-11-30/capacity-providers/{CapacityProviderName}/function-versions",
                    "ListFunctionVersionsByCapacityProvider"),
            refused(
                    "POST",
                    "/2025-12-01/durable-execution-callbacks/{CallbackId}/fail",
                    "SendDurableExecutionCallbackFailure"),
            refused(
                    "POST",
                    "/2025-12-01/durable-execution-callbacks/{CallbackId}/heartbeat",
                    "SendDurableExecutionCallbackHeartbeat"),
            refused(
                    "POST",
                    "/2025-12-01/durable-execution-callbacks/{CallbackId}/succeed",
                    "SendDurableExecutionCallbackSuccess"),
            refused("POST", "/2025-12-01/durable-executions/{DurableExecutionArn}/stop", "StopDurableExecution"),
            refused("PUT", "/2025-11-30/capacity-providers/{CapacityProviderName}", "UpdateCapacityProvider"));

    /// Routes that ask for a query parameter come first: they share their path with ones that do not.
    private static final List<Route> ALL = Stream.concat(WORKING.stream(), REFUSED.stream())
            .sorted((a, b) -> Boolean.compare(a.marker().isEmpty(), b.marker().isEmpty()))
            .toList();

    private Routes() {}

    /// The route of a request.
    ///
    /// @param path as sent; a trailing slash is accepted
    /// @throws ApiException when there is none
    static Route find(String method, String path, Query query) {
        List<String> segments = segments(path);
        List<Route> there =
                ALL.stream().filter(route -> route.leadsTo(segments, query)).toList();
        if (there.isEmpty()) {
            throw new ApiException(
                    ErrorCode.UNKNOWN_OPERATION,
                    "Unable to determine the operation: the Lambda API has nothing at " + method + " " + path);
        }
        return there.stream()
                .filter(route -> route.method().equals(method))
                .findFirst()
                .orElseThrow(() -> methodNotAllowed(method, path, there));
    }

    static List<String> segments(String path) {
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        return end <= 1 ? List.of() : List.of(path.substring(1, end).split("/", -1));
    }

    private static ApiException methodNotAllowed(String method, String path, List<Route> there) {
        return new ApiException(
                ErrorCode.METHOD_NOT_ALLOWED,
                "%s is not possible at %s; %s"
                        .formatted(
                                method,
                                path,
                                String.join(
                                                " or ",
                                                there.stream()
                                                        .map(Route::method)
                                                        .distinct()
                                                        .toList())
                                        + " is"));
    }
}
