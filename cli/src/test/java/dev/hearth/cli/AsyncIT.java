package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsyncIT {
    private static final String EVENT = """
            {"id":"a-1","function":"orders","qualifier":"live","state":"dead","attempts":3,\
            "acceptedAt":"2026-01-31T12:34:56.789Z","keptSince":"2026-01-31T12:37:56Z","bytes":1500,\
            "reason":"RetriesExhausted after 3 attempts","arn":"arn:f:live","traceId":"Root=1","payload":{"n":7}}""";

    private FakeHearth hearth;
    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        hearth = new FakeHearth();
        shell = new Shell(hearth.endpoint());
    }

    @AfterEach
    void stop() {
        hearth.close();
    }

    private void answers(int status, String json) {
        hearth.async = Response.of(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void listShowsWhereEventsAre() {
        answers(200, "{\"events\":[" + EVENT + "],\"total\":1}");
        assertThat(shell.run("async", "list").out().lines().toList())
                .satisfiesExactly(
                        titles -> assertThat(titles).startsWith("ID").contains("NEXT ATTEMPT"),
                        row -> assertThat(row).matches("a-1 +orders:live +dead +3 +2026-01-31 12:34:56 +- +1.5 KB"));
        assertThat(hearth.requests).containsExactly("GET /_hearth/async/events?limit=100");
    }

    @Test
    void listAsksForWhatIsNamedAndTellsThatThereIsMore() {
        answers(200, "{\"events\":[" + EVENT + "],\"total\":1200}");
        Shell.Ran ran = shell.run("async", "list", "orders", "--state", "dead", "--limit", "1", "--json");
        assertThat(Json.parse(ran.out()).items()).hasSize(1);
        assertThat(ran.err()).contains("1 of 1,200");
        assertThat(hearth.requests).containsExactly("GET /_hearth/async/events?limit=1&function=orders&state=dead");
    }

    @Test
    void serversReasonIsTold() {
        answers(400, "{\"message\":\"There is no state 'gone'\"}");
        Shell.Ran ran = shell.run("async", "list", "--state", "gone");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(ran.err()).contains("There is no state 'gone'");
    }

    @Test
    void showPrintsTheReasonAndThePayload() {
        answers(200, EVENT);
        assertThat(shell.run("async", "show", "a-1").out())
                .contains("orders:live")
                .contains("RetriesExhausted after 3 attempts")
                .contains("\"n\" : 7");
        answers(404, "{\"message\":\"There is no event 'x'\"}");
        Shell.Ran ran = shell.run("async", "show", "x");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(ran.err()).contains("There is no event 'x'");
    }

    @Test
    void redriveTakesAnEventOrAFunction() {
        answers(200, "{\"redriven\":[\"a-1\"]}");
        assertThat(shell.run("async", "redrive", "a-1").out()).isEqualTo("a-1 queued\n");
        answers(200, "{\"redriven\":[\"a-1\",\"a-2\"],\"refused\":[\"no destination\"]}");
        Shell.Ran ran = shell.run("async", "redrive", "--function", "orders");
        assertThat(ran.out()).isEqualTo("2 events queued\n");
        assertThat(ran.err()).contains("no destination");
        assertThat(ran.exitCode()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(hearth.requests)
                .containsExactly(
                        "POST /_hearth/async/events/a-1/redrive", "POST /_hearth/async/redrive?function=orders");
        assertThat(shell.run("async", "redrive").exitCode()).isEqualTo(ExitCode.USAGE.number());
    }
}
