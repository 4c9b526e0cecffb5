package dev.hearth.engine;

import dev.hearth.catalog.Catalogs;
import java.util.concurrent.ConcurrentHashMap;

/// The concurrency limits of each account: as on AWS one account's traffic takes nothing from another's.
final class Admissions {
    private final int accountConcurrency;
    private final Catalogs catalogs;
    private final ConcurrentHashMap<String, Admission> byAccount = new ConcurrentHashMap<>();

    /// @param accountConcurrency of every account
    Admissions(int accountConcurrency, Catalogs catalogs) {
        this.accountConcurrency = accountConcurrency;
        this.catalogs = catalogs;
    }

    Admission of(String account) {
        Admission known = byAccount.get(account);
        return known != null
                ? known
                : byAccount.computeIfAbsent(account, a -> new Admission(accountConcurrency, totalReserved(a)));
    }

    /// Reservations were put or deleted.
    void changed() {
        byAccount.forEach((account, admission) -> admission.reserved(totalReserved(account)));
    }

    private int totalReserved(String account) {
        return catalogs.of(account).read(tx -> tx.totalReservedConcurrency());
    }
}
