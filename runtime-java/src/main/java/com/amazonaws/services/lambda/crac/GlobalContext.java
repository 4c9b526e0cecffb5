package com.amazonaws.services.lambda.crac;

import dev.hearth.runtime.java.Hooks;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/// Tells resources before a checkpoint in the reverse order of their registration, after a restore in that order.
///
/// The references are weak, which is what `org.crac` promises: it keeps a resource's stand-in alive exactly as long
/// as the function keeps the resource.
final class GlobalContext extends Context<Resource> {
    private final List<WeakReference<Resource>> registered = new ArrayList<>();

    @Override
    public void register(Resource resource) {
        synchronized (registered) {
            registered.removeIf(reference -> reference.get() == null);
            registered.add(new WeakReference<>(resource));
        }
        Hooks.registered();
    }

    /// Afterwards garbage is collected, as on AWS: less of it is then kept while the process stands by.
    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) throws CheckpointException {
        List<Resource> resources = resources();
        CheckpointException failure = new CheckpointException();
        for (int i = resources.size() - 1; i >= 0; i--) {
            try {
                resources.get(i).beforeCheckpoint(this);
            } catch (CheckpointException e) {
                addAll(failure, e);
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
        System.gc();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) throws RestoreException {
        RestoreException failure = new RestoreException();
        for (Resource resource : resources()) {
            try {
                resource.afterRestore(this);
            } catch (RestoreException e) {
                addAll(failure, e);
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private List<Resource> resources() {
        List<Resource> alive = new ArrayList<>();
        synchronized (registered) {
            for (WeakReference<Resource> reference : registered) {
                Resource resource = reference.get();
                if (resource != null) {
                    alive.add(resource);
                }
            }
        }
        return alive;
    }

    /// Of a context within this one only what its resources threw counts.
    private static void addAll(Exception failure, Exception ofContext) {
        for (Throwable thrown : ofContext.getSuppressed()) {
            failure.addSuppressed(thrown);
        }
    }
}
