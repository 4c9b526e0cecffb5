package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.engine.FunctionEngine;
import dev.hearth.http.Response;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Limits;
import java.util.OptionalInt;

/// Reserved concurrency of functions, and what the account has.
record Concurrency(Catalog catalog, FunctionEngine engine, AccountConcurrency account, Limits limits) {
    private record Usage(int functions, long codeSize, int unreserved) {}

    Response put(LambdaOperation.PutFunctionConcurrency put) {
        Response answer = catalog.write(tx -> {
            String name = put.function().name();
            Lookup.latest(tx, put.function());
            account.checkReserved(tx, name, put.reserved());
            tx.putReservedConcurrency(name, OptionalInt.of(put.reserved()));
            return answer(OptionalInt.of(put.reserved()));
        });
        engine.reservationsChanged();
        return answer;
    }

    Response get(FunctionRef function) {
        return catalog.read(tx -> {
            Lookup.latest(tx, function);
            return answer(tx.reservedConcurrency(function.name()));
        });
    }

    Response delete(FunctionRef function) {
        catalog.write(tx -> {
            FunctionVersion latest = Lookup.latest(tx, function);
            tx.putReservedConcurrency(function.name(), OptionalInt.empty());
            return latest;
        });
        engine.reservationsChanged();
        return Response.empty(204);
    }

    Response accountSettings() {
        Usage usage = catalog.read(tx -> new Usage(tx.functionCount(), tx.totalCodeSize(), account.unreserved(tx)));
        return Json.response(200, out -> {
            out.writeObjectPropertyStart("AccountLimit");
            out.writeNumberProperty("TotalCodeSize", limits.codeStorage().bytes());
            out.writeNumberProperty("CodeSizeUnzipped", limits.codeUnpacked().bytes());
            out.writeNumberProperty("CodeSizeZipped", limits.zipDirect().bytes());
            out.writeNumberProperty("ConcurrentExecutions", limits.accountConcurrency());
            out.writeNumberProperty("UnreservedConcurrentExecutions", usage.unreserved());
            out.writeEndObject();
            out.writeObjectPropertyStart("AccountUsage");
            out.writeNumberProperty("TotalCodeSize", usage.codeSize());
            out.writeNumberProperty("FunctionCount", usage.functions());
            out.writeEndObject();
        });
    }

    private static Response answer(OptionalInt reserved) {
        return Json.response(
                200,
                out -> reserved.ifPresent(value -> out.writeNumberProperty("ReservedConcurrentExecutions", value)));
    }
}
