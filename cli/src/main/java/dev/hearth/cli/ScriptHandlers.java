package dev.hearth.cli;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds handlers in Python and JavaScript files at the root of a package, by what they define or export.
final class ScriptHandlers {
    private static final String NAMES = "(lambda_handler|lambdaHandler|handler)";
    private static final Pattern PYTHON =
            Pattern.compile("^(?:async\\s+)?def\\s+" + NAMES + "\\s*\\(", Pattern.MULTILINE);
    private static final Pattern PYTHON_ASSIGNED = Pattern.compile("^" + NAMES + "\\s*=[^=]", Pattern.MULTILINE);
    private static final Pattern ES_MODULE =
            Pattern.compile("\\bexport\\s+(?:const|let|var|(?:async\\s+)?function\\*?)\\s+" + NAMES + "\\b");
    private static final Pattern ES_LIST = Pattern.compile("\\bexport\\s*\\{[^}]*\\b" + NAMES + "\\b[^}]*}");
    private static final Pattern COMMON_JS = Pattern.compile("\\bexports\\s*\\.\\s*" + NAMES + "\\s*=");
    private static final Pattern COMMON_JS_OBJECT =
            Pattern.compile("\\bmodule\\s*\\.\\s*exports\\s*=\\s*\\{[^}]*?\\b" + NAMES + "\\b");

    private ScriptHandlers() {}

    static Stream<Candidate> in(CodeTree tree) {
        return tree.rootPaths().stream().flatMap(path -> in(tree, path));
    }

    private static Stream<Candidate> in(CodeTree tree, String path) {
        if (path.endsWith(".py")) {
            return found(tree, path, Family.PYTHON, List.of(PYTHON, PYTHON_ASSIGNED));
        }
        if (path.matches(".*\\.(mjs|cjs|js)")) {
            return found(tree, path, Family.NODEJS, List.of(ES_MODULE, ES_LIST, COMMON_JS, COMMON_JS_OBJECT));
        }
        return Stream.empty();
    }

    private static Stream<Candidate> found(CodeTree tree, String path, Family family, List<Pattern> patterns) {
        String text = new String(tree.read(path), StandardCharsets.UTF_8);
        String module = path.substring(0, path.lastIndexOf('.'));
        return names(text, patterns).stream()
                .map(name -> new Candidate(family, module + "." + name, isUsual(module, name), path));
    }

    private static Set<String> names(String text, List<Pattern> patterns) {
        var names = new LinkedHashSet<String>();
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    private static boolean isUsual(String module, String name) {
        return Set.of("lambda_function.lambda_handler", "index.handler", "app.lambda_handler", "app.lambdaHandler")
                .contains(module + "." + name);
    }
}
