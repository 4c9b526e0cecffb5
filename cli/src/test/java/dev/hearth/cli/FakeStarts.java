package dev.hearth.cli;

import dev.hearth.http.Request;
import dev.hearth.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of a server that arranges origins and reports on starts. An invocation leaves a warm instance behind.
final class FakeStarts {
    private static final Pattern ARRANGE =
            Pattern.compile("/_hearth/functions/([^/]+)/arrange\\?origin=([a-z]+)(?:&Qualifier=(.*))?");

    /// What is given in place of an origin that cannot be had.
    final Map<String, String> instead = new HashMap<>();
    /// What the next invocations have whatever was arranged.
    final Queue<String> strays = new ConcurrentLinkedQueue<>();

    final Map<String, String> timelines = new HashMap<>(Map.of(
            "warm", "assigned=50000,handler_start=300000,handler_end=1300000,responded=1400000",
            "thaw", "assigned=400000,handler_start=700000,handler_end=1700000,responded=1800000,hidden_init=90000000",
            "boot",
                    "assigned=100000,sandbox_ready=5100000,runtime_ready=25100000,code_loaded=65100000,"
                            + "init_done=75100000,handler_start=75600000,handler_end=76600000,responded=76700000"));
    /// The handler takes a second with 128 MB, half of that with twice as much, until a whole CPU is its own.
    boolean fasterWithMemory;

    private String next = "warm";

    /// Whether a request is for this part.
    static boolean isArrangement(String pathAndQuery) {
        return pathAndQuery.startsWith("/_hearth/functions/");
    }

    synchronized Response arrange(String pathAndQuery) {
        Matcher route = ARRANGE.matcher(pathAndQuery);
        if (!route.matches()) {
            return json(404, "{\"message\":\"There is no " + pathAndQuery + "\"}");
        }
        next = instead.getOrDefault(route.group(2), route.group(2));
        return json(200, "{\"function\":\"" + route.group(1) + "\",\"version\":\"1\",\"origin\":\"" + next + "\"}");
    }

    /// Adds to an answer what the request asked to be told.
    synchronized Response report(Request request, long memoryMb, Response answer) {
        String stray = strays.poll();
        String origin = stray == null ? next : stray;
        next = "warm";
        if (request.headers().first("X-Hearth-Report").isEmpty()) {
            return answer;
        }
        Response told = answer.with("X-Hearth-Origin", origin).with("X-Hearth-Timeline", timeline(origin, memoryMb));
        return origin.equals("warm") ? told : told.with("X-Hearth-Cause", "recold");
    }

    private String timeline(String origin, long memoryMb) {
        if (fasterWithMemory) {
            long run = 1_000_000_000L * 128 / Math.min(1769, memoryMb);
            return "handler_start=1000000,handler_end=" + (1_000_000 + run) + ",responded=" + (2_000_000 + run);
        }
        return timelines.getOrDefault(origin, "handler_start=1000000,responded=2000000");
    }

    private static Response json(int status, String text) {
        return Response.of(status, "application/json", text.getBytes(StandardCharsets.UTF_8));
    }
}
