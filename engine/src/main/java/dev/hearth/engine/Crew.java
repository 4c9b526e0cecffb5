package dev.hearth.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// The instances of one version and the callers who wait for one: what an [InstancePool] and its [Growth] have in
/// common.
///
/// @param lock      guards the line and what decides how many instances to start; nothing blocks under it
/// @param instances every instance that is not closed
/// @param ready     those that can take an invocation
/// @param running   invocations that have an instance and no answer yet
record Crew(
        ReentrantLock lock,
        WaitingLine line,
        Set<Instance> instances,
        ReadyInstances ready,
        AtomicInteger running,
        Habits habits) {

    static Crew empty() {
        return new Crew(
                new ReentrantLock(),
                new WaitingLine(),
                ConcurrentHashMap.newKeySet(),
                new ReadyInstances(),
                new AtomicInteger(),
                new Habits());
    }
}
