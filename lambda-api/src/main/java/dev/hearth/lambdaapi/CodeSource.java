package dev.hearth.lambdaapi;

import java.util.Optional;

/// Where the code of a function or layer comes from.
sealed interface CodeSource {
    /// In the request.
    record Zip(byte[] bytes) implements CodeSource {
        @Override
        public String toString() {
            return "Zip[" + bytes.length + " bytes]";
        }
    }

    /// In an S3-compatible store.
    record S3(String bucket, String key, Optional<String> objectVersion) implements CodeSource {}

    /// A container image, which is not built yet.
    record Image(String uri) implements CodeSource {}

    /// The request names none.
    record Missing() implements CodeSource {}

    /// Reads the members `ZipFile`, `S3Bucket`, `S3Key`, `S3ObjectVersion` and `ImageUri`.
    static CodeSource of(Fields fields) {
        Optional<byte[]> zip = fields.bytes("ZipFile");
        if (zip.isPresent()) {
            return new Zip(zip.get());
        }
        Optional<String> bucket = fields.string("S3Bucket");
        Optional<String> key = fields.string("S3Key");
        if (bucket.isPresent() && key.isPresent()) {
            return new S3(bucket.get(), key.get(), fields.string("S3ObjectVersion"));
        }
        return fields.string("ImageUri").<CodeSource>map(Image::new).orElseGet(Missing::new);
    }
}
