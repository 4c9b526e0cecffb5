package dev.hearth.identity;

import java.util.Optional;

/// The AWS services of the query protocol that [IdentityApi] has, as their wire names them.
enum Service {
    STS("sts", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/"),
    IAM("iam", "2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/");

    private final String name;
    private final String version;
    private final String namespace;

    Service(String name, String version, String namespace) {
        this.name = name;
        this.version = version;
        this.namespace = namespace;
    }

    String namespace() {
        return namespace;
    }

    String version() {
        return version;
    }

    /// By the service in the scope of a signature.
    static Optional<Service> named(String name) {
        for (Service service : values()) {
            if (service.name.equals(name)) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }

    /// By the `Version` of a request.
    static Optional<Service> ofVersion(String version) {
        for (Service service : values()) {
            if (service.version.equals(version)) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }
}
