package dev.hearth.sandbox;

import java.util.BitSet;
import java.util.OptionalInt;

/// Numbers `0..size-1`, each given out to one holder at a time. The search goes on behind the last one given out, so
/// that a number rests as long as possible before it is used again. Safe for any thread.
final class IdPool {
    private final BitSet taken = new BitSet();
    private final int size;
    private int next;

    IdPool(int size) {
        this.size = size;
    }

    /// Empty when all are taken.
    synchronized OptionalInt take() {
        int found = taken.nextClearBit(next);
        if (found >= size) {
            found = taken.nextClearBit(0);
        }
        if (found >= size) {
            return OptionalInt.empty();
        }
        taken.set(found);
        next = found + 1;
        return OptionalInt.of(found);
    }

    synchronized void giveBack(int number) {
        taken.clear(number);
    }
}
