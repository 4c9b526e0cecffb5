package dev.hearth.lambdaapi;

import dev.hearth.model.ApiException;
import dev.hearth.model.AsyncInvocation;
import dev.hearth.model.ErrorCode;
import dev.hearth.model.EventIntake;
import java.util.ArrayList;
import java.util.List;

/// Keeps the events it is given, or is full.
final class FakeEvents implements EventIntake {
    final List<AsyncInvocation> accepted = new ArrayList<>();
    final List<String> deleted = new ArrayList<>();
    boolean full;

    @Override
    public synchronized void accept(AsyncInvocation event) {
        if (full) {
            throw new ApiException(ErrorCode.TOO_MANY_REQUESTS, "The queue is full.");
        }
        accepted.add(event);
    }

    @Override
    public synchronized void functionDeleted(String function) {
        deleted.add(function);
    }
}
