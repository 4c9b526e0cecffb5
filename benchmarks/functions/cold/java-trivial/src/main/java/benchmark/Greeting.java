package benchmark;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** Greets. It sleeps as long as the event says, so that the replay of a trace can use it too. */
public class Greeting implements RequestHandler<Map<String, Object>, Map<String, String>> {
    @Override
    public Map<String, String> handleRequest(Map<String, Object> event, Context context) {
        if (event.get("sleepMillis") instanceof Number millis) {
            sleep(millis.longValue());
        }
        return Map.of("message", "Hello " + event.get("name"), "from", "nothing");
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
