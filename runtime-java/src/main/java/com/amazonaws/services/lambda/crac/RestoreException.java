package com.amazonaws.services.lambda.crac;

/// Resources could not go on; what they threw is suppressed in it.
public class RestoreException extends Exception {
    private static final long serialVersionUID = 1;

    /// Without a message, as AWS's.
    public RestoreException() {}
}
