package dev.hearth.model;

/// Where edges leave events that nobody waits for.
public interface EventIntake {
    /// Takes an event. When this returns, the event survives `kill -9` and power cuts and will be delivered at least
    /// once. Waits for the disk.
    ///
    /// @throws ApiException TooManyRequestsException when a limit keeps it from being taken; ServiceException when
    ///                      the disk refuses: it was not taken then
    void accept(AsyncInvocation event);

    /// Call after a function was removed from the catalog: what waits for it is dropped.
    void functionDeleted(String function);
}
