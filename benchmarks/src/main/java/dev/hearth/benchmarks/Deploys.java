package dev.hearth.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Deploys many functions, a few at a time.
final class Deploys {
    private static final int AT_ONCE = 4;
    private static final int TOLD_EVERY = 50;

    private Deploys() {}

    /// Returns when all are Active.
    ///
    /// @param name of the function with a number, from 0
    static void all(LambdaApi server, Mix mix, int count, IntFunction<String> name) throws Exception {
        try (ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> deployed = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                deployed.add(callers.submit(() -> {
                    mix.of(number).deploy(server, name.apply(number));
                    return number;
                }));
            }
            for (int i = 0; i < count; i++) {
                deployed.get(i).get();
                if ((i + 1) % TOLD_EVERY == 0 || i + 1 == count) {
                    System.err.println("Deployed " + (i + 1) + " of " + count);
                }
            }
        }
    }
}
