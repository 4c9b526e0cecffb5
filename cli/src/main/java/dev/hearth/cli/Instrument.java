package dev.hearth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// How a language tells what it loads: environment variables and files for the temporary copy, and a reader of its log.
enum Instrument {
    PYTHON(Family.PYTHON, "sitecustomize.py") {
        @Override
        Map<String, String> environment(Map<String, String> function) {
            String path = function.getOrDefault("PYTHONPATH", "/var/runtime");
            return Map.of("PYTHONPROFILEIMPORTTIME", "1", "PYTHONPATH", MOUNTED + ":" + path);
        }

        @Override
        LoadTrace parse(List<String> lines) {
            return PythonImports.parse(lines);
        }

        @Override
        Owners owners(FunctionCopy copy, List<PackageFiles> layers) {
            return new PythonOwners(PackageFiles.of(copy.zip()), layers);
        }
    },
    NODE(Family.NODEJS, "hook.cjs loader.mjs") {
        @Override
        Map<String, String> environment(Map<String, String> function) {
            return appended(function, "NODE_OPTIONS", "--require=" + MOUNTED + "/hook.cjs");
        }

        @Override
        LoadTrace parse(List<String> lines) {
            return NodeLoads.parse(lines);
        }

        @Override
        Owners owners(FunctionCopy copy, List<PackageFiles> layers) {
            return new NodeOwners(PackageFiles.of(copy.zip()));
        }
    },
    JAVA(Family.JAVA, "") {
        @Override
        Map<String, String> environment(Map<String, String> function) {
            return appended(function, "JAVA_TOOL_OPTIONS", ClassLoads.OPTION);
        }

        @Override
        LoadTrace parse(List<String> lines) {
            return ClassLoads.parse(lines);
        }

        @Override
        Owners owners(FunctionCopy copy, List<PackageFiles> layers) {
            return new JavaOwners(
                    PackageFiles.of(copy.zip()), copy.configuration().textOrEmpty("Handler"));
        }
    };

    /// Where our files are in the package.
    static final String DIRECTORY = "_hearth_explain";

    private static final String MOUNTED = "/var/task/" + DIRECTORY;

    private final Family family;
    /// Names of resources, with blanks between them.
    private final String files;

    Instrument(Family family, String files) {
        this.family = family;
        this.files = files;
    }

    /// The instrument for a runtime; empty where the runtime tells nothing.
    static Optional<Instrument> of(String runtime) {
        for (Instrument instrument : values()) {
            if (instrument.family.owns(runtime)) {
                return Optional.of(instrument);
            }
        }
        return Optional.empty();
    }

    /// The variables that make the runtime tell, beside the function's own.
    ///
    /// @param function the function's own
    abstract Map<String, String> environment(Map<String, String> function);

    /// @param lines the log of an instance from its beginning to the end of its first call
    abstract LoadTrace parse(List<String> lines);

    /// @param copy the function
    abstract Owners owners(FunctionCopy copy, List<PackageFiles> layers);

    /// The function with our files in its package.
    FunctionCopy added(FunctionCopy copy) {
        if (files.isEmpty()) {
            return copy;
        }
        ZipWriter zip = ZipWriter.appendingTo(copy.zip());
        for (String file : files.split(" ")) {
            zip.add(DIRECTORY + "/" + file, ZipWriter.REGULAR, resource(file));
        }
        return copy.withZip(zip.finish());
    }

    private static Map<String, String> appended(Map<String, String> function, String name, String option) {
        var variables = new LinkedHashMap<String, String>();
        variables.put(name, (function.getOrDefault(name, "") + " " + option).strip());
        return variables;
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(Instrument.class.getResourceAsStream("explain/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("the command's own jar cannot be read", e);
        }
    }
}
