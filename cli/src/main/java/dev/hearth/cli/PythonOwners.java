package dev.hearth.cli;

import dev.hearth.cli.LoadTrace.Load;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Python modules by distribution: those that a `RECORD` of the package names belong to it, the other files of the
/// function are its own, and everything else came with the runtime.
final class PythonOwners implements Owners {
    private static final Pattern DIST_INFO = Pattern.compile("(?:.*/)?([^/]+)-([^/-]+)\\.dist-info/RECORD");
    private static final Pattern LAYER_ROOT = Pattern.compile("python/(?:lib/python[^/]+/site-packages/)?(.+)");
    private static final Pattern EXTENSION = Pattern.compile("(.*?)(?:/__init__)?\\.(?:py|pyc|so|[^/]*\\.so)");

    /// The module of each file that a distribution has.
    private final Map<String, Owner> byModule = new HashMap<>();
    /// The function's own modules, with their files.
    private final Map<String, String> own = new HashMap<>();

    private final PackageFiles function;

    PythonOwners(PackageFiles function, List<PackageFiles> layers) {
        this.function = function;
        layers.forEach(layer -> readRecords(layer, true));
        readRecords(function, false);
        function.paths()
                .forEach(path -> module(path)
                        .filter(module -> !byModule.containsKey(module))
                        .ifPresent(module -> own.put(module, path)));
        layers.forEach(layer -> layer.paths().stream()
                .map(PythonOwners::inLayer)
                .flatMap(path -> module(path).stream())
                .forEach(module -> byModule.putIfAbsent(module, Owner.ofPackage(top(module)))));
    }

    private void readRecords(PackageFiles files, boolean layer) {
        for (String path : files.paths()) {
            Matcher info = DIST_INFO.matcher(layer ? inLayer(path) : path);
            if (info.matches()) {
                Owner owner = Owner.ofPackage(info.group(1) + " " + info.group(2));
                text(files, path)
                        .lines()
                        .map(line -> line.split(",", 2)[0])
                        .flatMap(file -> module(file).stream())
                        .forEach(module -> byModule.put(module, owner));
            }
        }
    }

    @Override
    public Owner ownerOf(Load load) {
        String name = load.name();
        if (own.containsKey(name)) {
            return Owner.OWN;
        }
        for (String at = name; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('.')))) {
            Owner owner = byModule.get(at);
            if (owner != null) {
                return owner;
            }
        }
        // A directory without __init__.py is a package too.
        boolean namespace = own.keySet().stream().anyMatch(module -> module.startsWith(name + "."));
        return namespace ? Owner.OWN : Owner.ofRuntime(top(name));
    }

    @Override
    public boolean isOurs(Load load) {
        return load.name().equals("sitecustomize");
    }

    @Override
    public String place(String importer, String imported) {
        String file = own.getOrDefault(importer, importer);
        if (!own.containsKey(importer)) {
            return file;
        }
        String name = Pattern.quote(top(imported));
        String last = Pattern.quote(imported.substring(imported.lastIndexOf('.') + 1));
        Pattern statement = Pattern.compile("\\s*(?:from|import)\\s.*\\b(?:" + name + "|" + last + ")\\b.*");
        List<String> lines = text(function, file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (statement.matcher(lines.get(i)).matches()) {
                return file + ":" + (i + 1);
            }
        }
        return file;
    }

    @Override
    public List<String> implied(String name) {
        var packages = new ArrayList<String>();
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            packages.add(name.substring(0, dot));
        }
        return packages;
    }

    /// The module that a file holds; empty where it holds none.
    private static Optional<String> module(String path) {
        Matcher file = EXTENSION.matcher(path);
        if (!file.matches() || path.contains("-info/") || path.contains("__pycache__")) {
            return Optional.empty();
        }
        return Optional.of(file.group(1).replace('/', '.'));
    }

    private static String inLayer(String path) {
        Matcher inside = LAYER_ROOT.matcher(path);
        return inside.matches() ? inside.group(1) : path;
    }

    private static String top(String module) {
        return module.split("\\.", 2)[0];
    }

    private static String text(PackageFiles files, String path) {
        return new String(files.read(path), StandardCharsets.UTF_8);
    }
}
