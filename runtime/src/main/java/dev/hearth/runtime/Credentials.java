package dev.hearth.runtime;

/// AWS credentials as functions find them in their environment; secret.
public record Credentials(String accessKeyId, String secretAccessKey, String sessionToken) {
    /// What functions get where nothing is configured: shaped like AWS's, good for nothing but services that check
    /// no signatures.
    public static final Credentials PLACEHOLDER =
            new Credentials("ASIAHEARTHPLACEHOLDR", "hearth-placeholder-secret-access-key-000", "hearth-placeholder");

    @Override
    public String toString() {
        return "Credentials[" + accessKeyId + "]";
    }
}
