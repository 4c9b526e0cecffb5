package dev.hearth.runtime;

import dev.hearth.runtime.ForkedFunction.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Measures a fork, from the decision until the new instance asks for its first event, and until it has answered that;
/// with a place that is ready, and right after another fork. Not a test: `main`, as root.
final class ForkLatency {
    private static final int ROUNDS = 100;
    private static final int CHILDREN = 20;

    private ForkLatency() {}

    public static void main(String[] arguments) throws Exception {
        measure("trivial", "def handler(event, context): return 1");
        measure("with 40 MB and imports", """
                import json, decimal, email, http.client, logging, random, ssl, asyncio, xml.dom, sqlite3
                data = [str(i) for i in range(400000)]
                def handler(event, context): return 1
                """);
    }

    private static void measure(String name, String code) throws Exception {
        Path directory = Files.createTempDirectory("hearth-fork");
        try (ForkedFunction function = new ForkedFunction(directory, code)) {
            function.zygote.obstacle(ForkedFunction.LIMIT).ifPresent(System.out::println);
            long[] asks = new long[ROUNDS];
            long[] answers = new long[ROUNDS];
            long[] atOnce = new long[ROUNDS];
            List<Child> children = new ArrayList<>();
            for (int i = -20; i < ROUNDS; i++) {
                function.zygote.awaitReady();
                long start = System.nanoTime();
                Child child = function.fork("log");
                long asked = System.nanoTime();
                String _ = child.result("{}");
                long answered = System.nanoTime();
                children.add(child);
                if (i >= 0) {
                    asks[i] = asked - start;
                    answers[i] = answered - start;
                }
                if (children.size() == CHILDREN) {
                    children.forEach(Child::close);
                    children.clear();
                }
            }
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                try (Child child = function.fork("log")) {
                    atOnce[i] = System.nanoTime() - start;
                    String _ = child.result("{}");
                }
            }
            children.forEach(Child::close);
            System.out.println(name);
            print("asks for its first event", asks);
            print("has answered it", answers);
            print("asks, one after the other", atOnce);
        }
    }

    private static void print(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                "  %-26s p50 %7.2f ms  p90 %7.2f ms  p99 %7.2f ms  n=%d%n",
                what,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 9 / 10] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos.length);
    }
}
