package dev.hearth.cli;

import dev.hearth.cli.LoadTrace.Load;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Files of Node.js by the package under `node_modules` that they are in; the other files of the function are its own.
final class NodeOwners implements Owners {
    private static final String TASK = "/var/task/";
    private static final String LAYERS = "/opt/";
    private static final Pattern IN_PACKAGE = Pattern.compile("(.*/node_modules/)((?:@[^/]+/)?[^/]+)/.*");

    private final PackageFiles function;
    private final Map<String, Owner> byDirectory = new HashMap<>();

    NodeOwners(PackageFiles function) {
        this.function = function;
    }

    @Override
    public Owner ownerOf(Load load) {
        String file = load.name();
        if (!file.startsWith("/")) {
            return Owner.ofRuntime(file.startsWith("node:") ? file : "node:" + file);
        }
        Matcher inPackage = IN_PACKAGE.matcher(file);
        if (inPackage.matches()) {
            String directory = inPackage.group(1) + inPackage.group(2);
            return byDirectory.computeIfAbsent(
                    directory, d -> Owner.ofPackage((inPackage.group(2) + " " + version(d)).strip()));
        }
        if (file.startsWith(TASK)) {
            return Owner.OWN;
        }
        return file.startsWith(LAYERS) ? Owner.ofPackage(file) : Owner.ofRuntime("Hearth's bootstrap");
    }

    private String version(String directory) {
        String description = directory + "/package.json";
        if (!description.startsWith(TASK) || !function.paths().contains(description.substring(TASK.length()))) {
            return "";
        }
        try {
            return Json.parse(function.read(description.substring(TASK.length())))
                    .textOrEmpty("version");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    @Override
    public String place(String importer, String imported) {
        if (!importer.startsWith(TASK)) {
            return importer;
        }
        String file = importer.substring(TASK.length());
        if (!function.paths().contains(file)) {
            return file;
        }
        Pattern statement = Pattern.compile(".*(?:require|import|from)\\b.*['\"](?:node:|\\./|\\.\\./)*"
                + Pattern.quote(requested(imported)) + "\\b.*");
        List<String> lines =
                new String(function.read(file), StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (statement.matcher(lines.get(i)).matches()) {
                return file + ":" + (i + 1);
            }
        }
        return file;
    }

    /// What stands in the source for a file: its package, its own name, or a name of Node.js.
    private static String requested(String imported) {
        Matcher inPackage = IN_PACKAGE.matcher(imported);
        if (inPackage.matches()) {
            return inPackage.group(2);
        }
        String name = imported.substring(imported.lastIndexOf('/') + 1);
        return imported.startsWith("/") ? name.replaceFirst("\\.[cm]?js$", "") : imported.replaceFirst("^node:", "");
    }
}
