package dev.hearth.lambdaapi;

import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.catalog.RecordKind;
import dev.hearth.model.Limits;
import dev.hearth.model.ProvisionedConcurrency;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// How the account's concurrency is shared out: reservations, and the provisioned concurrency of functions without one.
record AccountConcurrency(Limits limits) {

    /// What no function has a claim to.
    int unreserved(CatalogTransaction tx) {
        return limits.accountConcurrency() - claimed(tx);
    }

    private static int claimed(CatalogTransaction tx) {
        int unreserved = sum(
                tx, config -> tx.reservedConcurrency(config.function().name()).isEmpty());
        return tx.totalReservedConcurrency() + unreserved;
    }

    private static int sum(CatalogTransaction tx, Predicate<ProvisionedConcurrency> which) {
        return tx.list(RecordKind.PROVISIONED).stream()
                .filter(which)
                .mapToInt(ProvisionedConcurrency::instances)
                .sum();
    }

    /// All that versions and aliases of a function have provisioned, but for one of them.
    private static int provisioned(CatalogTransaction tx, String function, String butFor) {
        return tx.list(RecordKind.PROVISIONED, function).stream()
                .filter(config -> !config.qualifier().equals(butFor))
                .mapToInt(ProvisionedConcurrency::instances)
                .sum();
    }

    void checkReserved(CatalogTransaction tx, String function, int reserved) {
        int provisioned = provisioned(tx, function, "");
        if (reserved < provisioned) {
            throw SettingsRules.invalid(
                    "ReservedConcurrentExecutions  %d should not be lower than function's total provisioned concurrency [%d]."
                            .formatted(reserved, provisioned));
        }
        OptionalInt before = tx.reservedConcurrency(function);
        int own = before.isPresent() ? before.getAsInt() : provisioned;
        if ((long) unreserved(tx) + own - reserved < limits.unreservedMinimum()) {
            throw SettingsRules.invalid("Specified ReservedConcurrentExecutions for function decreases account's"
                    + " UnreservedConcurrentExecution below its minimum value of [" + limits.unreservedMinimum()
                    + "].");
        }
    }

    void checkProvisioned(CatalogTransaction tx, String function, String qualifier, int instances) {
        int others = provisioned(tx, function, qualifier);
        OptionalInt reserved = tx.reservedConcurrency(function);
        if (reserved.isPresent()) {
            if ((long) others + instances > reserved.getAsInt()) {
                throw SettingsRules.invalid("Requested Provisioned Concurrency should not be greater than the"
                        + " reservedConcurrentExecution for function");
            }
            return;
        }
        int own = provisioned(tx, function, "") - others;
        if (instances > limits.accountConcurrency()) {
            throw SettingsRules.invalid("Specified ConcurrentExecutions for function is greater than account's"
                    + " unreserved concurrency [" + limits.accountConcurrency() + "].");
        }
        if ((long) unreserved(tx) + own - instances < limits.unreservedMinimum()) {
            throw SettingsRules.invalid("Specified ConcurrentExecutions for function decreases account's"
                    + " UnreservedConcurrentExecution below its minimum value of [" + limits.unreservedMinimum()
                    + "].");
        }
    }
}
