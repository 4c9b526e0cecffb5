package dev.hearth.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.json.JsonMapper;

/// Asks for a stream of `functions/stream` and checks it byte for byte while it comes.
///
/// @param server answers a POST with the stream
record StreamReader(URI server) {
    private static final byte[] LINE = "hearth streams.\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PIECE = 64 * 1024;
    private static final int LONGEST_TIME = 100;

    /// One stream, as it came.
    ///
    /// @param firstByteNanos from when the first byte was written until it was here
    /// @param transferNanos  from when the first byte was here until the last was
    /// @param writtenNanos   from when the first byte was here until the last was written; negative if before
    record Read(long firstByteNanos, long transferNanos, long writtenNanos) {}

    /// @param pauseMillis how long the writer waits after its first line
    /// @throws WrongAnswerException when a byte is wrong, missing or too many
    Read read(long bytes, long pauseMillis) throws IOException {
        var connection = (HttpURLConnection) server.toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setReadTimeout(120_000);
        byte[] request = "{\"bytes\": %d, \"pauseMillis\": %d}"
                .formatted(bytes, pauseMillis)
                .getBytes(StandardCharsets.UTF_8);
        connection.setFixedLengthStreamingMode(request.length);
        try (var out = connection.getOutputStream()) {
            out.write(request);
        }
        if (connection.getResponseCode() != 200) {
            throw new WrongAnswerException(server + " answered with " + connection.getResponseCode());
        }
        try (var in = new BufferedInputStream(connection.getInputStream(), PIECE)) {
            in.mark(1);
            int first = in.read();
            long here = System.nanoTime();
            if (first < 0) {
                throw new WrongAnswerException(server + " answered with nothing");
            }
            in.reset();
            long written = time(in);
            pattern(in, bytes);
            long lastWritten = time(in);
            if (in.read() >= 0) {
                throw new WrongAnswerException(server + " answered with too many bytes");
            }
            return new Read(here - written, System.nanoTime() - here, lastWritten - here);
        }
    }

    private long time(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() > LONGEST_TIME) {
                throw new WrongAnswerException(server + " wrote no time, but: " + line);
            }
            line.append((char) c);
        }
        return JsonMapper.shared().readTree(line.toString()).path("at").asLong();
    }

    private void pattern(InputStream in, long bytes) throws IOException {
        byte[] expected = new byte[PIECE];
        for (int i = 0; i < PIECE; i += LINE.length) {
            System.arraycopy(LINE, 0, expected, i, LINE.length);
        }
        byte[] piece = new byte[PIECE];
        for (long left = bytes; left > 0; left -= PIECE) {
            int size = (int) Math.min(PIECE, left);
            int count = in.readNBytes(piece, 0, size);
            if (count != size || !Arrays.equals(piece, 0, size, expected, 0, size)) {
                throw new WrongAnswerException(server + " wrote something else " + (bytes - left) + " bytes in");
            }
        }
    }
}
