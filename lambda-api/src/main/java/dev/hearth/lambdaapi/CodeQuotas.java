package dev.hearth.lambdaapi;

import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.model.ApiException;
import dev.hearth.model.CodeRef;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.LayerRef;
import dev.hearth.model.Limits;
import java.io.IOException;
import java.util.List;

/// What packages may take together, in AWS's words.
record CodeQuotas(CodePackages packages, Limits limits) {

    /// Checks what all packages of the account take: call last in a transaction that adds one.
    void checkStorage(CatalogTransaction tx) {
        if (tx.totalCodeSize() > limits.codeStorage().bytes()) {
            throw new ApiException(ErrorCode.CODE_STORAGE_EXCEEDED, "Code storage limit exceeded.");
        }
    }

    /// Checks what a function and its layers take unpacked; each alone was checked when it was stored. Reads their
    /// directories, so not in a transaction: packages do not change, and both are kept.
    void checkUnpacked(CodeRef code, List<LayerRef> layers) throws IOException {
        if (layers.isEmpty()) {
            return;
        }
        long bytes = packages.unpackedBytes(code);
        for (LayerRef layer : layers) {
            bytes += packages.unpackedBytes(layer.code());
        }
        long most = limits.codeUnpacked().bytes();
        if (bytes > most) {
            throw SettingsRules.invalid("Function code combined with layers exceeds the maximum allowed size of " + most
                    + " bytes. The actual size is " + bytes + " bytes.");
        }
    }
}
