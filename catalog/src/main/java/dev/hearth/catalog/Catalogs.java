package dev.hearth.catalog;

import dev.hearth.model.FunctionVersion;
import java.util.Collection;

/// The catalogs of one Hearth: each account has one of its own, so that what is deployed in one account is out of
/// reach for all others. Any thread.
public interface Catalogs {
    /// The catalog of an account.
    ///
    /// @param account twelve digits
    Catalog of(String account);

    /// The catalog in which a version is.
    default Catalog of(FunctionVersion version) {
        return of(version.arn().scope().account());
    }

    /// The catalogs of all accounts that have anything.
    Collection<Catalog> all();
}
