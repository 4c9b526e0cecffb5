package dev.hearth.lambdaapi;

import dev.hearth.catalog.CodeStore;
import dev.hearth.model.CodeRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/// The packages of a code store.
record StoredPackages(CodeStore store) implements CodePackages {
    @Override
    public CodeRef add(byte[] zip) throws IOException {
        return store.put(zip);
    }

    @Override
    public CodeRef add(InputStream zip) throws IOException {
        return store.put(zip);
    }

    @Override
    public long unpackedBytes(CodeRef code) throws IOException {
        return store.unpackedBytes(code);
    }

    @Override
    public InputStream open(CodeRef code) throws IOException {
        return Files.newInputStream(store.zip(code));
    }
}
