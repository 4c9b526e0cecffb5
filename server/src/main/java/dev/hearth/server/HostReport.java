package dev.hearth.server;

import dev.hearth.runtime.Availability;
import dev.hearth.runtime.RuntimeStatus;
import dev.hearth.sandbox.HostFinding;
import dev.hearth.sandbox.Protection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was found on a host, as text and as JSON.
///
/// @param machine     facts about the machine, by name
/// @param protections one for each that Hearth knows
/// @param runtimes    all of AWS's runtimes
record HostReport(Map<String, String> machine, List<HostFinding> protections, List<RuntimeStatus> runtimes) {

    /// Whether Hearth starts here without `--allow-weak-isolation`.
    boolean isFit() {
        return protections.stream()
                .allMatch(finding -> finding.present() || finding.protection().need() == Protection.Need.USEFUL);
    }

    /// For people.
    ///
    /// @param withMissing whether to say of each missing runtime what to install
    List<String> lines(boolean withMissing) {
        List<String> lines = new ArrayList<>();
        lines.add("Machine");
        machine.forEach((name, value) -> lines.add(line("", name, value)));
        lines.add("");
        lines.add("Protections");
        protections.forEach(finding -> addProtection(lines, finding));
        lines.add("");
        lines.add("Runtimes");
        List<String> missing = new ArrayList<>();
        runtimes.forEach(status -> addRuntime(lines, missing, status, withMissing));
        if (!missing.isEmpty()) {
            lines.add(line("-", "not here", String.join(", ", missing)));
            lines.add(line("", "", "'hearth doctor --all' says of each what to install"));
        }
        lines.add("");
        lines.add(verdict());
        return lines;
    }

    private static void addProtection(List<String> lines, HostFinding finding) {
        Protection protection = finding.protection();
        if (finding.present()) {
            lines.add(note("ok", protection.label() + ": " + finding.detail()));
        } else {
            lines.add(note(mark(protection.need()), protection.label() + ": " + finding.detail()));
            lines.add(note("", "  then " + protection.consequence()));
            lines.add(note("", "  to do: " + protection.remedy()));
        }
    }

    private static String mark(Protection.Need need) {
        return switch (need) {
            case ALWAYS, FOR_ISOLATION -> "MISSING";
            case USEFUL -> "-";
        };
    }

    private static void addRuntime(
            List<String> lines, List<String> missing, RuntimeStatus status, boolean withMissing) {
        switch (status.availability()) {
            case Availability.Installed installed -> lines.add(line("ok", status.runtime(), installed.detail()));
            case Availability.Missing(String remedy) -> {
                if (withMissing) {
                    lines.add(line("-", status.runtime(), remedy));
                } else {
                    missing.add(status.runtime());
                }
            }
        }
    }

    private String verdict() {
        return isFit()
                ? "Hearth can run functions here, with full isolation."
                : "A protection is missing: Hearth starts here only with --allow-weak-isolation, if at all.";
    }

    private static String note(String mark, String text) {
        return "  %-8s %s".formatted(mark, text);
    }

    private static String line(String mark, String name, String text) {
        return "  %-8s %-16s %s".formatted(mark, name, text).stripTrailing();
    }

    /// For programs.
    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("fit", isFit());
        all.put("machine", machine);
        all.put("protections", protections.stream().map(HostReport::json).toList());
        all.put("runtimes", runtimes.stream().map(HostReport::json).toList());
        return all;
    }

    private static Map<String, Object> json(HostFinding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("protection", finding.protection().name());
        fields.put("label", finding.protection().label());
        fields.put("need", finding.protection().need().name());
        fields.put("present", finding.present());
        fields.put("detail", finding.detail());
        if (!finding.present()) {
            fields.put("consequence", finding.protection().consequence());
            fields.put("remedy", finding.protection().remedy());
        }
        return fields;
    }

    /// As `/_hearth/runtimes` answers.
    static Map<String, Object> json(RuntimeStatus status) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("identifier", status.runtime());
        switch (status.availability()) {
            case Availability.Installed installed -> {
                fields.put("installed", true);
                fields.put("detail", installed.detail());
            }
            case Availability.Missing(String remedy) -> {
                fields.put("installed", false);
                fields.put("detail", remedy);
            }
        }
        return fields;
    }
}
