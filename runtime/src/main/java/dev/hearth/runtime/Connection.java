package dev.hearth.runtime;

import dev.hearth.model.Payload;
import dev.hearth.model.ResponseSink;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// One connection of a function: reads its requests on a virtual thread of its own. A connection that waits for an
/// event already reads again, so that the end of its peer is seen; the event is written by the caller's thread.
final class Connection implements EventSink, Runnable {
    private static final Logger LOG = System.getLogger("dev.hearth.runtime");
    private static final String API = "/2018-06-01/";
    private static final String NEXT = API + "runtime/invocation/next";
    private static final String INIT_ERROR = API + "runtime/init/error";
    private static final String INVOCATION = API + "runtime/invocation/";
    private static final String RESPONSE = "/response";
    private static final String ERROR = "/error";
    /// What is read and forgotten of a body that nobody may have, so that its sender gets to read our reply.
    private static final long DISCARD_BYTES = 256L * 1024 * 1024;
    /// Up to here a send buffer takes an event whole where all before was read: the caller cannot get stuck.
    private static final int DIRECT_BYTES = 32 * 1024;
    private static final int WRITE_BYTES = 128 * 1024;
    /// Of a request of an extension.
    private static final int EXTENSION_BYTES = 256 * 1024;
    private static final int LINGER_BYTES = 256 * 1024;

    private final SocketChannel channel;
    private final RuntimeApiConfig config;
    private final Rendezvous rendezvous;
    private final Runnable idle;
    private final ExtensionRequests extensions;
    private final ConnectionInput input;
    private final HeadParser heads;
    private final BodyReader bodies;
    private final RequestHead head = new RequestHead();
    private final EventHead eventHead = new EventHead();
    /// These three are volatile because a caller's thread sets or reads them while the connection's own runs.
    private volatile boolean waiting;

    private volatile boolean unread;
    private volatile boolean suspect;
    private volatile boolean closesAfterEvent;

    /// @param idle run each time the function asks for an event and there is none
    Connection(
            SocketChannel channel,
            RuntimeApiConfig config,
            Rendezvous rendezvous,
            ExtensionRequests extensions,
            Runnable idle) {
        this.channel = channel;
        this.config = config;
        this.rendezvous = rendezvous;
        this.extensions = extensions;
        this.idle = idle;
        this.input = new ConnectionInput(channel);
        this.heads = new HeadParser(input, config);
        this.bodies = new BodyReader(input);
    }

    /// Serves requests until either side ends the connection.
    @Override
    public void run() {
        try {
            while (heads.read(head) && !waiting && serve()) {
                // all work is in the conditions
            }
        } catch (MalformedRequest e) {
            refuse(e);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "connection of a function ended", e);
        } finally {
            rendezvous.forget(this);
            close();
        }
    }

    private boolean serve() throws IOException, MalformedRequest {
        String path = head.path;
        if (path.equals(NEXT)) {
            return head.method.equals("GET") ? next() : reply(Reply.METHOD_NOT_ALLOWED);
        }
        if (path.startsWith(INVOCATION) && path.endsWith(RESPONSE)) {
            return post() ? answer(path, RESPONSE, RuntimeState.RESPONSE) : reply(Reply.METHOD_NOT_ALLOWED);
        }
        if (path.startsWith(INVOCATION) && path.endsWith(ERROR)) {
            return post() ? answer(path, ERROR, RuntimeState.ERROR_RESPONSE) : reply(Reply.METHOD_NOT_ALLOWED);
        }
        if (path.equals(INIT_ERROR)) {
            return post() ? initError() : reply(Reply.METHOD_NOT_ALLOWED);
        }
        if (ExtensionRequests.isFor(path)) {
            return extension();
        }
        return reply(path.equals(API + "ping") ? Reply.PONG : Reply.NOT_FOUND);
    }

    /// Where it asks for an event, the connection's thread waits for that; its end is seen afterwards.
    private boolean extension() throws IOException, MalformedRequest {
        sendContinue();
        return switch (bodies.read(head, EXTENSION_BYTES, DISCARD_BYTES)) {
            case Body.Excess e -> send(Reply.tooLarge(EXTENSION_BYTES));
            case Body.Whole whole -> {
                Reply reply = extensions.answer(head, whole.bytes());
                yield reply != null && send(reply);
            }
        };
    }

    private boolean post() {
        return head.method.equals("POST");
    }

    private boolean next() throws IOException, MalformedRequest {
        discardBody();
        if (head.introduces()) {
            rendezvous.introduce(head.hasHooks, new InitTimes(head.runtimeReady, head.codeLoaded));
        }
        closesAfterEvent = !head.keepAlive;
        waiting = true;
        switch (rendezvous.poll(this)) {
            case Rendezvous.Turn.Wait(boolean becameIdle) -> {
                if (becameIdle) {
                    idle.run();
                }
                return true;
            }
            case Rendezvous.Turn.Deliver(RuntimeEvent event) -> {
                suspect = true; // the same event may have gone to another connection: an answer proves nothing
                write(event);
                return true;
            }
            case Rendezvous.Turn.Refused(RuntimeState state) -> {
                waiting = false;
                return send(Reply.invalidState(state, RuntimeState.READY));
            }
        }
    }

    private boolean answer(String path, String suffix, RuntimeState to) throws IOException, MalformedRequest {
        int idEnd = path.length() - suffix.length();
        if (idEnd <= INVOCATION.length()) {
            return reply(Reply.NOT_FOUND);
        }
        return switch (rendezvous.beginAnswer(path.substring(INVOCATION.length(), idEnd), to)) {
            case Rendezvous.Admission.Admitted(RuntimeEvent event) -> {
                ResponseSink sink = event.sink();
                boolean passesOn = head.isStream() && to == RuntimeState.RESPONSE;
                yield (sink != null && passesOn) ? stream(event, sink) : receive(event, to);
            }
            case Rendezvous.Admission.WrongId() -> reply(Reply.INVALID_REQUEST_ID);
            case Rendezvous.Admission.Refused(RuntimeState state) -> reply(Reply.invalidState(state, to));
        };
    }

    private boolean receive(RuntimeEvent event, RuntimeState to) throws IOException, MalformedRequest {
        boolean answered = false;
        try {
            int limit = config.responseLimitBytes();
            if (head.contentLength > limit) {
                answered = true;
                Answer tooLarge = new Answer.TooLarge(head.contentLength, limit);
                rendezvous.answer(event, tooLarge, head.handlerStart, head.handlerEnd);
                return reply(Reply.tooLarge(limit));
            }
            Answer answer = read(limit, to);
            answered = true;
            boolean wanted = rendezvous.answer(event, answer, head.handlerStart, head.handlerEnd);
            Reply accepted = answer instanceof Answer.TooLarge ? Reply.tooLarge(limit) : Reply.ACCEPTED;
            return send(wanted ? accepted : Reply.INVALID_REQUEST_ID);
        } finally {
            if (!answered) {
                rendezvous.abandonAnswer(event);
            }
        }
    }

    /// Hands an answer on while it comes. What is over the limit is known at once and ends the invocation, while the
    /// rest is still read: only then does the function listen.
    private boolean stream(RuntimeEvent event, ResponseSink sink) throws IOException, MalformedRequest {
        boolean ended = false;
        try {
            sendContinue();
            sink.begin(head.contentType);
            StreamedBody body = new StreamedBody(head, input);
            Answer answer = body.copy(sink, config.streamLimitBytes());
            ended = true;
            boolean wanted = rendezvous.answer(event, answer, head.handlerStart, head.handlerEnd);
            if (answer instanceof Answer.TooLarge) {
                body.discard(DISCARD_BYTES);
                return send(Reply.tooLarge(config.streamLimitBytes()));
            }
            return send(wanted ? Reply.ACCEPTED : Reply.INVALID_REQUEST_ID);
        } finally {
            if (!ended) {
                rendezvous.breakOff(event);
            }
        }
    }

    private Answer read(int limit, RuntimeState to) throws IOException, MalformedRequest {
        sendContinue();
        return switch (bodies.read(head, limit, DISCARD_BYTES)) {
            case Body.Excess(long bytes) -> new Answer.TooLarge(bytes, limit);
            case Body.Whole(byte[] bytes, String type, byte[] error) -> {
                if (to == RuntimeState.ERROR_RESPONSE) {
                    yield new Answer.Error(head.errorType, new Payload(bytes));
                }
                yield type.isEmpty()
                        ? new Answer.Response(new Payload(bytes))
                        : new Answer.Error(type, new Payload(error));
            }
        };
    }

    private boolean initError() throws IOException, MalformedRequest {
        sendContinue();
        return switch (bodies.read(head, config.responseLimitBytes(), DISCARD_BYTES)) {
            case Body.Excess e -> send(Reply.tooLarge(config.responseLimitBytes()));
            case Body.Whole whole -> {
                Optional<RuntimeState> refused = rendezvous.initError(head.errorType, new Payload(whole.bytes()));
                yield send(refused.map(state -> Reply.invalidState(state, RuntimeState.INIT_ERROR))
                        .orElse(Reply.ACCEPTED));
            }
        };
    }

    private void sendContinue() throws IOException {
        if (head.expectsContinue && head.hasBody() && !input.hasBuffered()) {
            writeAll(ByteBuffer.wrap(Reply.CONTINUE));
        }
    }

    /// Replies to a request whose body does not matter.
    private boolean reply(Reply reply) throws IOException, MalformedRequest {
        if (head.expectsContinue && head.hasBody()) {
            head.keepAlive = false; // the body may come or not: what follows cannot be told apart from it
            send(reply);
            linger();
            return false;
        }
        discardBody();
        return send(reply);
    }

    private void discardBody() throws IOException, MalformedRequest {
        if (head.hasBody()) {
            bodies.read(head, 0, DISCARD_BYTES);
        }
    }

    private boolean send(Reply reply) throws IOException {
        suspect |= reply != Reply.ACCEPTED;
        writeAll(reply.bytes(head.keepAlive));
        return head.keepAlive;
    }

    private void refuse(MalformedRequest cause) {
        LOG.log(Level.DEBUG, "a function sent a request that is not HTTP: {0}", cause.getMessage());
        try {
            writeAll(Reply.malformed(cause).bytes(false));
            linger();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "connection of a function ended", e);
        }
    }

    /// Lets the peer read our last words: closing with unread bytes would take them away from it.
    private void linger() throws IOException {
        channel.shutdownOutput();
        ByteBuffer sink = ByteBuffer.allocate(8 * 1024);
        int left = LINGER_BYTES;
        for (int count = 0; count >= 0 && left > 0; left -= count) {
            count = channel.read(sink.clear());
        }
    }

    @Override
    public void claimed() {
        waiting = false;
    }

    @Override
    public void drained() {
        unread = false;
    }

    @Override
    public void deliver(RuntimeEvent event) {
        if (unread || suspect || event.payload().size() > DIRECT_BYTES) {
            Thread.ofVirtual().name("runtime-api-event").start(() -> deliverNow(event));
        } else {
            deliverNow(event);
        }
    }

    private void deliverNow(RuntimeEvent event) {
        try {
            write(event);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "an event could not be sent; it waits for the function to ask again", e);
            close();
        }
    }

    private void write(RuntimeEvent event) throws IOException {
        unread = true;
        boolean closes = closesAfterEvent;
        boolean whole = eventHead.encode(event, closes);
        ByteBuffer first = ByteBuffer.wrap(eventHead.bytes(), 0, eventHead.size());
        if (whole) {
            writeAll(first);
        } else {
            writeAll(first, ByteBuffer.wrap(event.payload().bytes()));
        }
        if (closes) {
            channel.shutdownOutput();
        }
    }

    private void writeAll(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /// Gathers the head with the first part of a payload. In parts, because the JDK keeps a temporary buffer as
    /// large as the largest write for each carrier thread.
    private void writeAll(ByteBuffer first, ByteBuffer payload) throws IOException {
        int size = payload.limit();
        payload.limit(Math.min(size, WRITE_BYTES));
        ByteBuffer[] both = {first, payload};
        while (first.hasRemaining()) {
            channel.write(both);
        }
        while (payload.position() < size) {
            payload.limit(Math.min(size, payload.position() + WRITE_BYTES));
            channel.write(payload);
        }
    }

    /// Ends the connection; may be called by any thread.
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing a connection failed; the system frees it with the sandbox", e);
        }
    }
}
