package dev.hearth.lambdaapi;

import dev.hearth.identity.SigV4;
import dev.hearth.model.ApiException;
import dev.hearth.model.CodeRef;
import dev.hearth.model.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Packages in memory; a zip is what starts like one.
final class FakePackages implements CodePackages {
    private final Map<String, byte[]> zips = new ConcurrentHashMap<>();

    @Override
    public CodeRef add(byte[] zip) {
        if (zip.length < 4 || zip[0] != 'P' || zip[1] != 'K') {
            throw new ApiException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Could not unzip uploaded file. Please check your file, then try to upload again.");
        }
        String sha256 = SigV4.sha256Hex(zip);
        zips.put(sha256, zip);
        return new CodeRef(sha256, zip.length);
    }

    @Override
    public CodeRef add(InputStream zip) throws IOException {
        return add(zip.readAllBytes());
    }

    /// Files do not shrink in these zips.
    @Override
    public long unpackedBytes(CodeRef code) {
        return code.size();
    }

    @Override
    public InputStream open(CodeRef code) throws IOException {
        byte[] zip = zips.get(code.sha256());
        if (zip == null) {
            throw new NoSuchFileException(code.sha256());
        }
        return new ByteArrayInputStream(zip);
    }
}
