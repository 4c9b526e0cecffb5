package com.amazonaws.services.lambda.crac;

/// Resources could not prepare to stand by; what they threw is suppressed in it.
public class CheckpointException extends Exception {
    private static final long serialVersionUID = 1;

    /// Without a message, as AWS's.
    public CheckpointException() {}
}
