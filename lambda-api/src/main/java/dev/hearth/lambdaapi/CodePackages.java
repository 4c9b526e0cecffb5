package dev.hearth.lambdaapi;

import dev.hearth.catalog.CodeStore;
import dev.hearth.model.CodeRef;
import java.io.IOException;
import java.io.InputStream;

/// Where packages are kept, as far as this module needs it. Safe for use by any thread.
public interface CodePackages {
    /// The packages of a code store.
    static CodePackages of(CodeStore store) {
        return new StoredPackages(store);
    }

    /// Checks and keeps a zip from a request.
    ///
    /// @throws dev.hearth.model.ApiException in AWS's words when it is not a zip that can be deployed
    CodeRef add(byte[] zip) throws IOException;

    /// Checks and keeps a zip from elsewhere, which may be larger; reads the stream to its end.
    ///
    /// @throws dev.hearth.model.ApiException as for [#add(byte\[\])]
    CodeRef add(InputStream zip) throws IOException;

    /// Bytes of all files of a package, unpacked.
    long unpackedBytes(CodeRef code) throws IOException;

    /// The zip as it was added.
    ///
    /// @throws java.nio.file.NoSuchFileException when it is not here
    InputStream open(CodeRef code) throws IOException;
}
