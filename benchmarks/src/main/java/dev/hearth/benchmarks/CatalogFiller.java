package dev.hearth.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Deploys many functions of the same code through the Lambda API, a few at a time.
record CatalogFiller(URI root) {
    private static final int AT_ONCE = 8;

    static CatalogFiller at(int port) {
        return new CatalogFiller(URI.create("http://127.0.0.1:" + port + "/2015-03-31/functions"));
    }

    /// Creates functions `filler-0` to `filler-(count-1)` and waits until the last is Active.
    void fill(int count) throws Exception {
        String zip = Base64.getEncoder().encodeToString(zip());
        try (HttpClient client = HttpClient.newHttpClient();
                ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> created = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = "filler-" + i;
                created.add(callers.submit(() -> create(client, name, zip)));
            }
            for (Future<?> each : created) {
                each.get();
            }
            awaitActive(client, "filler-" + (count - 1));
        }
    }

    private Void create(HttpClient client, String name, String zip) throws IOException, InterruptedException {
        String body = """
                {"FunctionName":"%s","Runtime":"provided.al2023","Handler":"x","Timeout":10,"Description":"one of many",
                 "Role":"arn:aws:iam::000000000000:role/any","Environment":{"Variables":{"STAGE":"benchmark"}},
                 "Tags":{"hearth:init":"lazy"},
                 "Code":{"ZipFile":"%s"}}""".formatted(name, zip);
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(root).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException("Cannot create " + name + ": " + answer.statusCode() + " " + answer.body());
        }
        return null;
    }

    private void awaitActive(HttpClient client, String name) throws IOException, InterruptedException {
        URI configuration = URI.create(root + "/" + name + "/configuration");
        while (!client.send(HttpRequest.newBuilder(configuration).build(), BodyHandlers.ofString())
                .body()
                .contains("\"State\":\"Active\"")) {
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static byte[] zip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("bootstrap"));
            zip.write("#!/bin/sh\nexit 1\n".getBytes(StandardCharsets.US_ASCII));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }
}
