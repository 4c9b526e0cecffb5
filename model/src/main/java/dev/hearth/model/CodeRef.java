package dev.hearth.model;

/// An immutable code package, named by its content.
///
/// @param sha256 SHA-256 of the zip in lower-case hexadecimal; names it in the code store
/// @param size   bytes of the zip
public record CodeRef(String sha256, long size) {

    /// The digest as AWS shows it in `CodeSha256`: Base64 of the raw bytes.
    public String awsSha256() {
        return java.util.Base64.getEncoder()
                .encodeToString(java.util.HexFormat.of().parseHex(sha256));
    }
}
