package dev.hearth.cli;

import java.io.InputStream;
import java.util.Map;

/// What a command has around it, so that tests can put something else there.
///
/// @param environment the process's environment variables
/// @param in          standard input
/// @param terminal    where output goes
record Surroundings(Map<String, String> environment, InputStream in, Terminal terminal) {
    static Surroundings ofProcess() {
        Map<String, String> environment = System.getenv();
        return new Surroundings(environment, System.in, Terminal.ofProcess(environment));
    }
}
