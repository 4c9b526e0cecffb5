package dev.hearth.lambdaapi;

import dev.hearth.http.Headers;
import dev.hearth.http.Response;
import dev.hearth.model.InvocationReport;
import dev.hearth.model.Timeline;
import java.util.ArrayList;

/// What an answer to an Invoke tells those who measure, where they ask for it with `X-Hearth-Report: 1` or the server
/// is configured to tell all:
///
/// | header | |
/// |---|---|
/// | `X-Hearth-Origin` | where the instance came from; absent where there was none |
/// | `X-Hearth-Cause` | why no idle instance was there; absent where one was |
/// | `X-Hearth-Timeline` | `name=nanos` since the request was read, in order, joined by commas; what did not happen is
/// left out; `hidden_init` is a duration |
final class OriginHeaders {
    private static final String ASK = "X-Hearth-Report";

    private OriginHeaders() {}

    static boolean wanted(Headers headers) {
        return headers.first(ASK).filter("1"::equals).isPresent();
    }

    static Response on(Response answer, InvocationReport report) {
        var headers = new ArrayList<>(answer.headers());
        report.origin().ifPresent(origin -> headers.add(new Response.Field("X-Hearth-Origin", origin.label())));
        report.cause().ifPresent(cause -> headers.add(new Response.Field("X-Hearth-Cause", cause.label())));
        headers.add(new Response.Field("X-Hearth-Timeline", timeline(report.timeline())));
        return new Response(answer.status(), headers, answer.body());
    }

    private static String timeline(Timeline timeline) {
        var out = new StringBuilder(256);
        since(out, "assigned", timeline.assigned(), timeline);
        since(out, "sandbox_ready", timeline.sandboxReady(), timeline);
        since(out, "runtime_ready", timeline.runtimeReady(), timeline);
        since(out, "code_loaded", timeline.codeLoaded(), timeline);
        since(out, "init_done", timeline.initDone(), timeline);
        since(out, "handler_start", timeline.handlerStart(), timeline);
        since(out, "handler_end", timeline.handlerEnd(), timeline);
        since(out, "responded", timeline.responded(), timeline);
        if (timeline.hiddenInit() != 0) {
            add(out, "hidden_init", timeline.hiddenInit());
        }
        return out.toString();
    }

    private static void since(StringBuilder out, String name, long at, Timeline timeline) {
        if (at != 0) {
            add(out, name, at - timeline.received());
        }
    }

    private static void add(StringBuilder out, String name, long nanos) {
        if (!out.isEmpty()) {
            out.append(',');
        }
        out.append(name).append('=').append(nanos);
    }
}
