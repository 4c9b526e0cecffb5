package com.amazonaws.services.lambda.crac;

/// What `org.crac.Core` hands resources to.
public final class Core {
    private static final GlobalContext GLOBAL = new GlobalContext();

    private Core() {}

    /// The one context there is.
    public static Context<Resource> getGlobalContext() {
        return GLOBAL;
    }

    /// A function cannot ask for it.
    @SuppressWarnings("DoNotCallSuggester") // org.crac looks for it by name
    public static void checkpointRestore() {
        throw new UnsupportedOperationException();
    }
}
