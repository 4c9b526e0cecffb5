package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.http.Response;
import dev.hearth.model.ErrorCode;

/// Reads of things that functions cannot be given yet, answered as AWS does for functions without them: clients such
/// as Terraform ask for these with every function.
record Unset(Catalog catalog) {
    private static final String NONE = "The resource you requested does not exist.";

    Response codeSigning(FunctionRef function) {
        catalog.read(tx -> Lookup.latest(tx, function));
        return Json.response(200, out -> {});
    }

    Response eventInvokeConfig(FunctionRef function) {
        return ErrorAnswer.of(
                ErrorCode.RESOURCE_NOT_FOUND,
                "The function %s doesn't have an EventInvokeConfig"
                        .formatted(function.arn().qualified(function.qualifierOrLatest())));
    }

    Response functionUrl() {
        return ErrorAnswer.of(ErrorCode.RESOURCE_NOT_FOUND, NONE);
    }

    Response policy(FunctionRef function) {
        catalog.read(tx -> Lookup.version(tx, function));
        return ErrorAnswer.of(ErrorCode.RESOURCE_NOT_FOUND, NONE);
    }
}
