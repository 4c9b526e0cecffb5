package dev.hearth.runtime.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.runtime.java.FunctionProcess.Client;
import dev.hearth.runtime.java.FunctionProcess.Setup;
import dev.hearth.runtime.java.RuntimeApiServer.Post;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same functions and events through this bootstrap and through AWS's Java runtime interface client:
/// every post must be the same, byte for byte.
class OfficialClientIT {
    static List<Conversation> conversations() {
        return Conversation.ALL;
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void answersAreThoseOfTheOfficialClient(Conversation conversation) throws Exception {
        // Both at once: a hundred conversations are two hundred starts of Java.
        FutureTask<List<String>> official = new FutureTask<>(() -> posts(Client.OFFICIAL, conversation));
        new Thread(official, "official").start();
        List<String> ours = posts(Client.OURS, conversation);
        assertThat(ours).isEqualTo(official.get());
    }

    private static List<String> posts(Client client, Conversation conversation) throws Exception {
        List<String> posts = new ArrayList<>();
        Setup setup = new Setup(client, Jdks.current(), conversation.handler());
        try (FunctionProcess function = new FunctionProcess(setup)) {
            for (String event : conversation.events()) {
                Post post = function.tryInvoke(event, conversation.headers());
                posts.add(post == null ? "the process ended" : post.toString());
                if (post == null || post.path().equals("init/error")) {
                    break;
                }
            }
        }
        return posts;
    }
}
