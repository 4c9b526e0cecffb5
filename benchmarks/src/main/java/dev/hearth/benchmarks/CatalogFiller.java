package dev.hearth.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Deploys many functions of the same code through the Lambda API, a few at a time; none of them is started.
record CatalogFiller(int port) {
    private static final int AT_ONCE = 8;

    /// Creates functions `filler-0` to `filler-(count-1)` and waits until the last is Active.
    void fill(int count) throws Exception {
        byte[] zip = zip();
        try (var server = new LambdaApi(port);
                ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> created = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = "filler-" + i;
                created.add(callers.submit(() -> {
                    server.create(name, "provided.al2023", "x", zip, Map.of("hearth:init", "lazy"));
                    return name;
                }));
            }
            for (Future<?> each : created) {
                each.get();
            }
            server.awaitActive("filler-" + (count - 1));
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
