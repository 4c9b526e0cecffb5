package dev.hearth.cli;

/// Whom a module or class belongs to.
///
/// @param name what it is called in the report: a distribution, a package, a jar
record Owner(Kind kind, String name) {
    /// Kinds of owners.
    enum Kind {
        /// The function's own code.
        OWN("your code"),
        /// A dependency that is deployed with the function or in a layer.
        PACKAGE("package"),
        /// A part of the runtime: its standard library, or what it brings.
        RUNTIME("runtime");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static final Owner OWN = new Owner(Kind.OWN, "your code");

    static Owner ofPackage(String name) {
        return new Owner(Kind.PACKAGE, name);
    }

    static Owner ofRuntime(String name) {
        return new Owner(Kind.RUNTIME, name);
    }
}
