package dev.hearth.runtime.java;

import com.amazonaws.services.lambda.runtime.Context;
import org.jspecify.annotations.Nullable;

/// A function ready to be called.
abstract class Handler {
    /// Calls the function with the event and collects its answer.
    ///
    /// @throws Throwable what the function threw, or a [Fault]
    abstract void call(byte[] event, Context context, Output output) throws Throwable;

    /// Does what [#call] does around the function, without calling it.
    ///
    /// @param thorough with the function's own types
    void rehearse(Context context, boolean thorough) throws Throwable {}

    /// Throws what it is given, checked or not: exceptions of the function pass through interfaces of
    /// AWS that declare none.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <T extends Throwable> RuntimeException sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /// The handler of a function that could not be loaded: each invocation tells why.
    static final class Faulty extends Handler {
        private final Fault fault;

        Faulty(Fault fault) {
            this.fault = fault;
        }

        @Override
        void call(byte[] event, @Nullable Context context, Output output) {
            throw fault;
        }
    }
}
