package dev.hearth.lambdaapi;

import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.model.FunctionVersion;
import java.util.ArrayList;
import java.util.List;

/// The pages of ListFunctions.
final class FunctionList {
    /// Between name and version in a marker; neither can hold it.
    private static final char SEPARATOR = ' ';

    private FunctionList() {}

    static Paging.Cut<FunctionVersion> latest(CatalogTransaction tx, LambdaOperation.Page page) {
        List<FunctionVersion> found = tx.functions(page.after(), Paging.limit(page) + 1);
        return Paging.cut(found, page, FunctionVersion::name);
    }

    /// All versions of all functions: the rest of the marker's function first.
    static Paging.Cut<FunctionVersion> allVersions(CatalogTransaction tx, LambdaOperation.Page page) {
        int wanted = Paging.limit(page) + 1;
        int separator = page.after().indexOf(SEPARATOR);
        String after = separator < 0 ? page.after() : page.after().substring(0, separator);
        var found = new ArrayList<FunctionVersion>();
        if (separator >= 0) {
            found.addAll(rest(tx.versions(after), page.after().substring(separator + 1)));
        }
        while (found.size() < wanted) {
            List<FunctionVersion> functions = tx.functions(after, wanted);
            if (functions.isEmpty()) {
                break;
            }
            for (FunctionVersion function : functions) {
                found.addAll(tx.versions(function.name()));
                after = function.name();
                if (found.size() >= wanted) {
                    break;
                }
            }
        }
        return Paging.cut(
                found.subList(0, Math.min(found.size(), wanted)),
                page,
                version -> version.name() + SEPARATOR + version.version());
    }

    private static List<FunctionVersion> rest(List<FunctionVersion> versions, String after) {
        return versions.stream()
                .filter(version -> Paging.versionNumber(version.version()) > Paging.versionNumber(after))
                .toList();
    }
}
