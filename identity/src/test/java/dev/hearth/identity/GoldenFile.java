package dev.hearth.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A case: exchanges separated by `====`, each a request, `----`, and its answer (status, then the XML, indented).
///
/// A request is a line `iam` or `sts`, with ` second` for the other account or ` session` for the credentials that were
/// last given out, or a line ` + SECONDS` that turns the clock; then the form, a parameter a line. `<trust>` and
/// `<policy>` stand for documents, `<x*N>` for N letters. In answers ids are references, so that equal ones must stay
/// equal.
record GoldenFile(List<String> requests) {
    private static final String BETWEEN = "\n====\n";
    private static final String TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";
    private static final String POLICY = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Action\":[\"logs:PutLogEvents\"],\"Resource\":\"*\"}]}";
    private static final Pattern LETTERS = Pattern.compile("<(.)\\*(\\d+)>");
    private static final Pattern VOLATILE = Pattern.compile(
            "(?<uuid>[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})"
                    + "|(?<role>AROA[A-Z2-7]{17})|(?<policy>ANPA[A-Z2-7]{17})|(?<key>ASIA[A-Z2-7]{16})"
                    + "|(?<=<SecretAccessKey>)(?<secret>[A-Za-z0-9+/]{40})|(?<=<SessionToken>)(?<token>[A-Za-z0-9+/=]+)");
    private static final List<String> KINDS = List.of("uuid", "role", "policy", "key", "secret", "token");

    static GoldenFile read(Path file) throws IOException {
        var requests = new ArrayList<String>();
        for (String exchange : Files.readString(file).split(BETWEEN)) {
            int end = exchange.indexOf("\n----");
            requests.add((end < 0 ? exchange : exchange.substring(0, end)).strip());
        }
        return new GoldenFile(requests);
    }

    /// Plays the requests and writes the file as it should be.
    String play(TestIdentity identity) {
        var references = new TreeMap<String, Integer>();
        var session = new Session();
        var out = new StringBuilder();
        for (String request : requests) {
            if (!out.isEmpty()) {
                out.append(BETWEEN.substring(1));
            }
            Answer answer = send(identity, request, session);
            session.remember(answer.text());
            String written = answer.status() + "\n" + indented(answer.text());
            out.append(request)
                    .append("\n----\n")
                    .append(referenced(written, references))
                    .append('\n');
        }
        return out.toString();
    }

    /// The credentials that were given out last.
    private static final class Session {
        private static final Pattern GIVEN = Pattern.compile(
                "<AccessKeyId>(.*)</AccessKeyId><SecretAccessKey>(.*)</SecretAccessKey><SessionToken>(.*)</SessionToken>");
        private AccessKey key = TestIdentity.FIRST.key();
        private String token = "";

        void remember(String answer) {
            Matcher given = GIVEN.matcher(answer);
            if (given.find()) {
                key = new AccessKey(given.group(1), given.group(2));
                token = given.group(3);
            }
        }
    }

    private static Answer send(TestIdentity identity, String request, Session session) {
        var form = new LinkedHashMap<String, String>();
        List<String> lines =
                request.lines().filter(line -> !line.startsWith("#")).toList();
        String[] head = lines.getFirst().split(" ");
        form.put("Version", head[0].equals("iam") ? "2010-05-08" : "2011-06-15");
        lines.stream().skip(1).forEach(line -> {
            int equals = line.indexOf('=');
            form.put(line.substring(0, equals), filled(line.substring(equals + 1)));
        });
        AccessKey key = TestIdentity.FIRST.key();
        Map<String, String> more = Map.of();
        for (String word : List.of(head).subList(1, head.length)) {
            switch (word) {
                case "second" -> key = TestIdentity.SECOND.key();
                case "session" -> {
                    key = session.key;
                    more = Map.of("X-Amz-Security-Token", session.token);
                }
                default -> identity.clock.advance(java.time.Duration.ofSeconds(Long.parseLong(word)));
            }
        }
        return identity.send(key, more, head[0], form);
    }

    private static String filled(String value) {
        return LETTERS.matcher(value.replace("<trust>", TRUST).replace("<policy>", POLICY))
                .replaceAll(letters -> letters.group(1).repeat(Integer.parseInt(letters.group(2))));
    }

    private static String indented(String xml) {
        var out = new StringBuilder();
        int depth = 0;
        for (String line : xml.replace("><", ">\n<").split("\n")) {
            boolean closes = line.startsWith("</");
            boolean opens = !closes && !line.contains("</") && !line.endsWith("/>");
            depth -= closes ? 1 : 0;
            out.append("  ".repeat(depth)).append(line).append('\n');
            depth += opens ? 1 : 0;
        }
        return out.toString().stripTrailing();
    }

    private static String referenced(String text, Map<String, Integer> references) {
        var out = new StringBuilder();
        Matcher matcher = VOLATILE.matcher(text);
        while (matcher.find()) {
            String kind = KINDS.stream()
                    .filter(name -> matcher.group(name) != null)
                    .findFirst()
                    .orElseThrow();
            long known = references.keySet().stream()
                    .filter(key -> key.startsWith(kind + " "))
                    .count();
            int number = references.computeIfAbsent(kind + " " + matcher.group(), key -> (int) known + 1);
            matcher.appendReplacement(out, "<" + kind + ":" + number + ">");
        }
        return matcher.appendTail(out).toString();
    }
}
