package dev.hearth.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `{ $.a.b = "x*" && ($.n >= 3 || $.gone NOT EXISTS) }`: comparisons of members with `=`, `!=`, `<`, `<=`,
/// `>`, `>=`, and `IS NULL`, `IS TRUE`, `IS FALSE`, `EXISTS`, `NOT EXISTS`, joined by `&&`, `||` and parentheses.
final class JsonPattern {
    private static final int DEEPEST = 50;
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\\$(?:\\.[\\w-]+|\\[(?:\\d+|\\*|\"[^\"]+\"|'[^']+')])*)|(\"(?:\\\\.|[^\"\\\\])*\")|(&&|\\|\\||!=|<=|>=|[=<>(){}])|([^\\s(){}=<>!&|\"]+))");

    private final List<String> tokens;
    private final String pattern;
    private int next;
    private int depth;

    private JsonPattern(String pattern, List<String> tokens) {
        this.pattern = pattern;
        this.tokens = tokens;
    }

    static Predicate<Json> parse(String pattern) {
        var tokens = new ArrayList<String>();
        Matcher matcher = TOKEN.matcher(pattern);
        int end = 0;
        while (end < pattern.length() && matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
        var parser = new JsonPattern(pattern, tokens);
        if (end < pattern.length()) {
            throw parser.invalid("cannot read it from '" + pattern.substring(end) + "' on");
        }
        parser.expect("{");
        Predicate<Json> condition = parser.either();
        parser.expect("}");
        if (parser.next < tokens.size()) {
            throw parser.invalid("something stands after the closing brace");
        }
        return condition;
    }

    private Predicate<Json> either() {
        Predicate<Json> condition = both();
        while (accept("||")) {
            condition = condition.or(both());
        }
        return condition;
    }

    private Predicate<Json> both() {
        Predicate<Json> condition = one();
        while (accept("&&")) {
            condition = condition.and(one());
        }
        return condition;
    }

    private Predicate<Json> one() {
        if (accept("(")) {
            if (++depth > DEEPEST) {
                throw invalid("parentheses are nested too deep");
            }
            Predicate<Json> condition = either();
            expect(")");
            depth--;
            return condition;
        }
        String path = take();
        if (!path.startsWith("$")) {
            throw invalid("a member such as $.name is expected, not '" + path + "'");
        }
        JsonPath member = JsonPath.parse(path);
        String operator = take();
        return switch (operator) {
            case "IS" -> is(member, take());
            case "EXISTS" -> json -> !member.find(json).isEmpty();
            case "NOT" -> {
                expect("EXISTS");
                yield json -> member.find(json).isEmpty();
            }
            case "=", "!=", "<", "<=", ">", ">=" -> compare(member, operator, take());
            default -> throw invalid("'" + operator + "' is no comparison");
        };
    }

    private Predicate<Json> is(JsonPath member, String what) {
        Json wanted = switch (what) {
            case "NULL" -> new Json.Nothing();
            case "TRUE" -> new Json.Truth(true);
            case "FALSE" -> new Json.Truth(false);
            default -> throw invalid("IS is followed by NULL, TRUE or FALSE, not by '" + what + "'");
        };
        return json -> member.find(json).contains(wanted);
    }

    private Predicate<Json> compare(JsonPath member, String operator, String operand) {
        boolean quoted = operand.startsWith("\"");
        String text = quoted ? operand.substring(1, operand.length() - 1).replaceAll("\\\\(.)", "$1") : operand;
        Optional<Double> number = quoted ? Optional.empty() : number(text);
        if (operator.equals("=") || operator.equals("!=")) {
            Wildcard wanted = Wildcard.parse(text);
            Predicate<Json> equal = value -> equal(value, wanted, number);
            // a member that is not there is not unequal either, as on AWS
            return operator.equals("=")
                    ? json -> member.find(json).stream().anyMatch(equal)
                    : json -> member.find(json).stream().anyMatch(equal.negate());
        }
        double bound = number.orElseThrow(() -> invalid("'" + operator + "' compares numbers, not '" + text + "'"));
        return json -> member.find(json).stream()
                .anyMatch(value ->
                        value instanceof Json.Numeric(double found, String t) && holds(found, operator, bound));
    }

    private static boolean equal(Json value, Wildcard wanted, Optional<Double> number) {
        return switch (value) {
            case Json.Text(String text) -> wanted.matches(text);
            case Json.Numeric(double found, String text) ->
                number.isPresent() ? found == number.get() : wanted.matches(text);
            case Json.Truth(boolean truth) -> wanted.matches(Boolean.toString(truth));
            case Json.Nothing _, Json.Members _, Json.Elements _ -> false;
        };
    }

    private static boolean holds(double found, String operator, double bound) {
        return switch (operator) {
            case "<" -> found < bound;
            case "<=" -> found <= bound;
            case ">" -> found > bound;
            default -> found >= bound;
        };
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private boolean accept(String token) {
        if (next < tokens.size() && tokens.get(next).equals(token)) {
            next++;
            return true;
        }
        return false;
    }

    private void expect(String token) {
        String found = take();
        if (!found.equals(token)) {
            throw invalid("'" + token + "' is expected, not '" + found + "'");
        }
    }

    private String take() {
        if (next == tokens.size()) {
            throw invalid("it ends too early");
        }
        return tokens.get(next++);
    }

    private LogsException invalid(String why) {
        return LogsException.invalid("Invalid filter pattern '" + pattern + "': " + why + ".");
    }
}
