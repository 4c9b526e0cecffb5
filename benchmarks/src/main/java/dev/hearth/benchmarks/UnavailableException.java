package dev.hearth.benchmarks;

/// A target cannot run on this machine; the others still can.
final class UnavailableException extends RuntimeException {
    UnavailableException(String message) {
        super(message);
    }
}
