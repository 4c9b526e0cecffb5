package dev.hearth.lambdaapi;

import dev.hearth.catalog.Catalog;
import dev.hearth.engine.FunctionEngine;
import dev.hearth.http.Response;
import dev.hearth.model.FunctionVersion;
import dev.hearth.model.Limits;
import java.util.OptionalInt;

/// Reserved concurrency of functions, and what the account has.
record Concurrency(Catalog catalog, FunctionEngine engine, Limits limits) {
    /// AWS's quota for all packages of an account: 75 GB.
    private static final long TOTAL_CODE_SIZE = 80_530_636_800L;

    private record Account(int functions, long codeSize, int reserved) {}

    Response put(LambdaOperation.PutFunctionConcurrency put) {
        Response answer = catalog.write(tx -> {
            String name = put.function().name();
            Lookup.latest(tx, put.function());
            int others =
                    tx.totalReservedConcurrency() - tx.reservedConcurrency(name).orElse(0);
            if ((long) limits.accountConcurrency() - others - put.reserved() < limits.unreservedMinimum()) {
                throw SettingsRules.invalid("Specified ReservedConcurrentExecutions for function decreases account's"
                        + " UnreservedConcurrentExecution below its minimum value of [" + limits.unreservedMinimum()
                        + "].");
            }
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
        Account account =
                catalog.read(tx -> new Account(tx.functionCount(), tx.totalCodeSize(), tx.totalReservedConcurrency()));
        return Json.response(200, out -> {
            out.writeObjectPropertyStart("AccountLimit");
            out.writeNumberProperty("TotalCodeSize", TOTAL_CODE_SIZE);
            out.writeNumberProperty("CodeSizeUnzipped", limits.codeUnpacked().bytes());
            out.writeNumberProperty("CodeSizeZipped", limits.zipDirect().bytes());
            out.writeNumberProperty("ConcurrentExecutions", limits.accountConcurrency());
            out.writeNumberProperty("UnreservedConcurrentExecutions", limits.accountConcurrency() - account.reserved());
            out.writeEndObject();
            out.writeObjectPropertyStart("AccountUsage");
            out.writeNumberProperty("TotalCodeSize", account.codeSize());
            out.writeNumberProperty("FunctionCount", account.functions());
            out.writeEndObject();
        });
    }

    private static Response answer(OptionalInt reserved) {
        return Json.response(
                200,
                out -> reserved.ifPresent(value -> out.writeNumberProperty("ReservedConcurrentExecutions", value)));
    }
}
