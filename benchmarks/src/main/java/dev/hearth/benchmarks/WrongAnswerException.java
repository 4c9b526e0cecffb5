package dev.hearth.benchmarks;

/// A target answered something else than the right bytes: a figure of it would mean nothing.
final class WrongAnswerException extends RuntimeException {
    WrongAnswerException(String message) {
        super(message);
    }
}
