package com.amazonaws.services.lambda.crac;

/// What wants to know when its process is about to stand by and when it goes on.
public interface Resource {
    /// Called before the process is frozen for the first time.
    void beforeCheckpoint(Context<? extends Resource> context) throws Exception;

    /// Called when the process goes on for its first invocation after that.
    void afterRestore(Context<? extends Resource> context) throws Exception;
}
