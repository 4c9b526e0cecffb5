package dev.hearth.simulation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What happens later, the earliest first and in the order of entry where that is equal. A binary heap over arrays:
/// there are some million events in a run.
final class EventQueue {
    /// Moments take 36 bits, which is 19 hours in microseconds; the rest is the order of entry.
    private static final int ORDER_BITS = 27;

    private long[] keys = new long[1024];
    private @Nullable Runnable[] events = new Runnable[1024];
    private int size;
    private long entered;

    void add(long micros, Runnable event) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            events = Arrays.copyOf(events, size * 2);
        }
        long key = micros << ORDER_BITS | (entered++ & ((1L << ORDER_BITS) - 1));
        int at = size++;
        for (int parent = (at - 1) >>> 1; at > 0 && keys[parent] > key; parent = (at - 1) >>> 1) {
            keys[at] = keys[parent];
            events[at] = events[parent];
            at = parent;
        }
        keys[at] = key;
        events[at] = event;
    }

    /// When the next event is due; [Long#MAX_VALUE] when there is none.
    long nextMicros() {
        return size == 0 ? Long.MAX_VALUE : keys[0] >>> ORDER_BITS;
    }

    /// Takes the next event out.
    Runnable poll() {
        Runnable first = events[0];
        if (first == null) {
            throw new IllegalStateException("there is no event");
        }
        size--;
        sink(keys[size], events[size]);
        events[size] = null;
        return first;
    }

    private void sink(long key, @Nullable Runnable event) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (keys[child] >= key) {
                break;
            }
            keys[at] = keys[child];
            events[at] = events[child];
            at = child;
        }
        keys[at] = key;
        events[at] = event;
    }
}
