package dev.hearth.lambdaapi;

import static dev.hearth.lambdaapi.Route.notYet;
import static dev.hearth.lambdaapi.Route.works;

import dev.hearth.model.ApiException;
import dev.hearth.model.ErrorCode;
import java.util.List;
import java.util.stream.Stream;

/// All operations of the Lambda API, as AWS's service model (botocore 1.43, `lambda/2015-03-31`) lists them. The table
/// in docs/operations.md is checked against it.
final class Routes {
    static final List<Route> WORKING = List.of(
            works("POST", "/2015-03-31/functions/{FunctionName}/aliases", "CreateAlias", AliasRequests::create),
            works("POST", "/2015-03-31/functions", "CreateFunction", FunctionRequests::create),
            works(
                    "DELETE",
                    "/2015-03-31/functions/{FunctionName}/aliases/{Name}",
                    "DeleteAlias",
                    AliasRequests::delete),
            works("DELETE", "/2015-03-31/functions/{FunctionName}", "DeleteFunction", FunctionRequests::delete),
            works(
                    "DELETE",
                    "/2017-10-31/functions/{FunctionName}/concurrency",
                    "DeleteFunctionConcurrency",
                    ConcurrencyRequests::delete),
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
            works("GET", "/2015-03-31/functions/{FunctionName}", "GetFunction", FunctionRequests::get),
            works(
                    "GET",
                    "/2020-06-30/functions/{FunctionName}/code-signing-config",
                    "GetFunctionCodeSigningConfig",
                    call -> new LambdaOperation.GetFunctionCodeSigningConfig(call.function())),
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
                    call -> new LambdaOperation.GetFunctionEventInvokeConfig(call.qualifiedFunction())),
            works(
                    "GET",
                    "/2021-10-31/functions/{FunctionName}/url",
                    "GetFunctionUrlConfig",
                    call -> new LambdaOperation.GetFunctionUrlConfig(call.function())),
            works(
                    "GET",
                    "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}",
                    "GetLayerVersion",
                    LayerRequests::get),
            works("GET", "/2018-10-31/layers?find=LayerVersion", "GetLayerVersionByArn", LayerRequests::getByArn),
            works(
                    "GET",
                    "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy",
                    "GetLayerVersionPolicy",
                    LayerRequests::policy),
            works(
                    "GET",
                    "/2015-03-31/functions/{FunctionName}/policy",
                    "GetPolicy",
                    call -> new LambdaOperation.GetPolicy(call.qualifiedFunction())),
            works(
                    "GET",
                    "/2019-09-30/functions/{FunctionName}/provisioned-concurrency",
                    "GetProvisionedConcurrencyConfig",
                    ProvisionedRequests::get),
            works("POST", "/2015-03-31/functions/{FunctionName}/invocations", "Invoke", InvokeRequests::parse),
            works("GET", "/2015-03-31/functions/{FunctionName}/aliases", "ListAliases", AliasRequests::list),
            works("GET", "/2015-03-31/functions", "ListFunctions", FunctionRequests::list),
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
            works(
                    "PUT",
                    "/2017-10-31/functions/{FunctionName}/concurrency",
                    "PutFunctionConcurrency",
                    ConcurrencyRequests::put),
            works(
                    "PUT",
                    "/2019-09-30/functions/{FunctionName}/provisioned-concurrency",
                    "PutProvisionedConcurrencyConfig",
                    ProvisionedRequests::put),
            works("POST", "/2017-03-31/tags/{Resource}", "TagResource", TagRequests::tag),
            works("DELETE", "/2017-03-31/tags/{Resource}", "UntagResource", TagRequests::untag),
            works("PUT", "/2015-03-31/functions/{FunctionName}/aliases/{Name}", "UpdateAlias", AliasRequests::update),
            works(
                    "PUT",
                    "/2015-03-31/functions/{FunctionName}/code",
                    "UpdateFunctionCode",
                    FunctionRequests::updateCode),
            works(
                    "PUT",
                    "/2015-03-31/functions/{FunctionName}/configuration",
                    "UpdateFunctionConfiguration",
                    FunctionRequests::updateConfiguration));

    static final List<Route> NOT_YET = List.of(
            notYet(
                    "POST",
                    "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy",
                    "AddLayerVersionPermission"),
            notYet("POST", "/2015-03-31/functions/{FunctionName}/policy", "AddPermission"),
            notYet(
                    "POST",
                    "/2025-12-01/durable-executions/{DurableExecutionArn}/checkpoint",
                    "CheckpointDurableExecution"),
            notYet("POST", "/2025-11-30/capacity-providers", "CreateCapacityProvider"),
            notYet("POST", "/2020-04-22/code-signing-configs", "CreateCodeSigningConfig"),
            notYet("POST", "/2015-03-31/event-source-mappings", "CreateEventSourceMapping"),
            notYet("POST", "/2021-10-31/functions/{FunctionName}/url", "CreateFunctionUrlConfig"),
            notYet("DELETE", "/2025-11-30/capacity-providers/{CapacityProviderName}", "DeleteCapacityProvider"),
            notYet("DELETE", "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}", "DeleteCodeSigningConfig"),
            notYet("DELETE", "/2015-03-31/event-source-mappings/{UUID}", "DeleteEventSourceMapping"),
            notYet(
                    "DELETE",
                    "/2020-06-30/functions/{FunctionName}/code-signing-config",
                    "DeleteFunctionCodeSigningConfig"),
            notYet(
                    "DELETE",
                    "/2019-09-25/functions/{FunctionName}/event-invoke-config",
                    "DeleteFunctionEventInvokeConfig"),
            notYet("DELETE", "/2021-10-31/functions/{FunctionName}/url", "DeleteFunctionUrlConfig"),
            notYet("GET", "/2025-11-30/capacity-providers/{CapacityProviderName}", "GetCapacityProvider"),
            notYet("GET", "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}", "GetCodeSigningConfig"),
            notYet("GET", "/2025-12-01/durable-executions/{DurableExecutionArn}", "GetDurableExecution"),
            notYet("GET", "/2025-12-01/durable-executions/{DurableExecutionArn}/history", "GetDurableExecutionHistory"),
            notYet("GET", "/2025-12-01/durable-executions/{DurableExecutionArn}/state", "GetDurableExecutionState"),
            notYet("GET", "/2015-03-31/event-source-mappings/{UUID}", "GetEventSourceMapping"),
            notYet("GET", "/2024-08-31/functions/{FunctionName}/recursion-config", "GetFunctionRecursionConfig"),
            notYet("GET", "/2025-11-30/functions/{FunctionName}/function-scaling-config", "GetFunctionScalingConfig"),
            notYet(
                    "GET",
                    "/2021-07-20/functions/{FunctionName}/runtime-management-config",
                    "GetRuntimeManagementConfig"),
            notYet("POST", "/2014-11-13/functions/{FunctionName}/invoke-async", "InvokeAsync"),
            notYet(
                    "POST",
                    "/2021-11-15/functions/{FunctionName}/response-streaming-invocations",
                    "InvokeWithResponseStream"),
            notYet("GET", "/2025-11-30/capacity-providers", "ListCapacityProviders"),
            notYet("GET", "/2020-04-22/code-signing-configs", "ListCodeSigningConfigs"),
            notYet("GET", "/2025-12-01/functions/{FunctionName}/durable-executions", "ListDurableExecutionsByFunction"),
            notYet("GET", "/2015-03-31/event-source-mappings", "ListEventSourceMappings"),
            notYet(
                    "GET",
                    "/2019-09-25/functions/{FunctionName}/event-invoke-config/list",
                    "ListFunctionEventInvokeConfigs"),
            notYet("GET", "/2021-10-31/functions/{FunctionName}/urls", "ListFunctionUrlConfigs"),
            notYet(
                    "GET",
                    "/2025-11-30/capacity-providers/{CapacityProviderName}/function-versions",
                    "ListFunctionVersionsByCapacityProvider"),
            notYet(
                    "GET",
                    "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}/functions",
                    "ListFunctionsByCodeSigningConfig"),
            notYet("PUT", "/2020-06-30/functions/{FunctionName}/code-signing-config", "PutFunctionCodeSigningConfig"),
            notYet("PUT", "/2019-09-25/functions/{FunctionName}/event-invoke-config", "PutFunctionEventInvokeConfig"),
            notYet("PUT", "/2024-08-31/functions/{FunctionName}/recursion-config", "PutFunctionRecursionConfig"),
            notYet("PUT", "/2025-11-30/functions/{FunctionName}/function-scaling-config", "PutFunctionScalingConfig"),
            notYet(
                    "PUT",
                    "/2021-07-20/functions/{FunctionName}/runtime-management-config",
                    "PutRuntimeManagementConfig"),
            notYet(
                    "DELETE",
                    "/2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId}",
                    "RemoveLayerVersionPermission"),
            notYet("DELETE", "/2015-03-31/functions/{FunctionName}/policy/{StatementId}", "RemovePermission"),
            notYet(
                    "POST",
                    "/2025-12-01/durable-execution-callbacks/{CallbackId}/fail",
                    "SendDurableExecutionCallbackFailure"),
            notYet(
                    "POST",
                    "/2025-12-01/durable-execution-callbacks/{CallbackId}/heartbeat",
                    "SendDurableExecutionCallbackHeartbeat"),
            notYet(
                    "POST",
                    "/2025-12-01/durable-execution-callbacks/{CallbackId}/succeed",
                    "SendDurableExecutionCallbackSuccess"),
            notYet("POST", "/2025-12-01/durable-executions/{DurableExecutionArn}/stop", "StopDurableExecution"),
            notYet("PUT", "/2025-11-30/capacity-providers/{CapacityProviderName}", "UpdateCapacityProvider"),
            notYet("PUT", "/2020-04-22/code-signing-configs/{CodeSigningConfigArn}", "UpdateCodeSigningConfig"),
            notYet("PUT", "/2015-03-31/event-source-mappings/{UUID}", "UpdateEventSourceMapping"),
            notYet(
                    "POST",
                    "/2019-09-25/functions/{FunctionName}/event-invoke-config",
                    "UpdateFunctionEventInvokeConfig"),
            notYet("PUT", "/2021-10-31/functions/{FunctionName}/url", "UpdateFunctionUrlConfig"));

    /// Routes that ask for a query parameter come first: they share their path with ones that do not.
    private static final List<Route> ALL = Stream.concat(WORKING.stream(), NOT_YET.stream())
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
