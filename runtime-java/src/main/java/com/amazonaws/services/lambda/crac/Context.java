package com.amazonaws.services.lambda.crac;

/// Resources that are told together. Being told itself, it tells them all, also when some fail.
///
/// @param <R> what can be registered
public abstract class Context<R extends Resource> implements Resource {
    /// For the one implementation.
    protected Context() {}

    @Override
    public abstract void beforeCheckpoint(Context<? extends Resource> context) throws CheckpointException;

    @Override
    public abstract void afterRestore(Context<? extends Resource> context) throws RestoreException;

    /// Adds a resource; it is not kept from being collected.
    public abstract void register(R resource);
}
