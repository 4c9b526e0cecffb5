package bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// As much of DynamoDB as the handler asks: a table in which every key has an item.
final class Table {
    private Table() {}

    static int serve() throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> run(socket), "table");
        thread.setDaemon(true);
        thread.start();
        return socket.getLocalPort();
    }

    private static void run(ServerSocket socket) {
        while (true) {
            try (Socket connection = socket.accept()) {
                answer(connection);
            } catch (IOException e) {
                e.printStackTrace();
                return;
            }
        }
    }

    private static void answer(Socket connection) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).trim());
            }
        }
        char[] body = new char[length];
        for (int read = 0; read < length; ) {
            read += in.read(body, read, length - read);
        }
        String request = new String(body);
        int start = request.indexOf("{\"S\":\"") + 6;
        String id = request.substring(start, request.indexOf('"', start));
        String item = "{\"Item\":{\"id\":{\"S\":\"" + id + "\"}}}";
        String answer = "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nConnection: close\r\n"
                + "Content-Length: " + item.length() + "\r\n\r\n" + item;
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().flush();
    }
}
