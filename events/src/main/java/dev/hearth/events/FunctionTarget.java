package dev.hearth.events;

import dev.hearth.catalog.Catalog;
import dev.hearth.model.FunctionVersion;

/// Where a destination's ARN leads.
sealed interface FunctionTarget {
    /// A function of this Hearth.
    record Found(String name, String qualifier, String arn) implements FunctionTarget {}

    /// Something that nothing can be sent to; the reason names it and the remedy.
    record Unreachable(String reason) implements FunctionTarget {}

    /// @param arn       of the destination
    /// @param sourceArn of the function whose record is sent, unqualified: the destination must be of the same
    ///                  account and region
    static FunctionTarget of(String arn, String sourceArn, Catalog catalog) {
        String[] parts = arn.split(":");
        boolean isFunction =
                parts.length >= 7 && parts.length <= 8 && parts[2].equals("lambda") && parts[5].equals("function");
        if (!isFunction) {
            return new Unreachable("The destination " + arn
                    + " cannot be reached: Hearth sends records to functions only. Name a function as the destination,"
                    + " then redrive.");
        }
        String prefix = sourceArn.substring(0, sourceArn.lastIndexOf(':') + 1);
        if (!arn.startsWith(prefix)) {
            return new Unreachable("The destination " + arn
                    + " cannot be reached: it is not of the account and region of " + sourceArn + ".");
        }
        String qualifier = parts.length == 8 ? parts[7] : FunctionVersion.LATEST;
        if (catalog.resolve(parts[6], qualifier).isEmpty()) {
            return new Unreachable("The destination " + arn
                    + " cannot be reached: there is no such function. Create it, then redrive.");
        }
        return new Found(parts[6], qualifier, arn);
    }
}
