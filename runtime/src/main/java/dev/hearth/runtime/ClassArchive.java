package dev.hearth.runtime;

import java.util.ArrayList;
import java.util.List;

/// How a release of Java keeps the classes that a program has loaded, so that its next start need not read, check and
/// link them again.
enum ClassArchive {
    /// Java 25 (JEP 514): what one run has loaded and linked, with heap objects.
    AOT_CACHE("-XX:AOTCacheOutput=", "-XX:AOTCache=", "-XX:AOTMode=on"),
    /// Java 13 (JEP 350): parsed classes, on top of the archive that the JDK itself comes with.
    DYNAMIC_CDS("-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=", "-Xshare:on");

    private final String write;
    private final String read;
    private final String insist;

    ClassArchive(String write, String read, String insist) {
        this.write = write;
        this.read = read;
        this.insist = insist;
    }

    /// The best one of a release from 13 on.
    static ClassArchive of(int javaVersion) {
        return javaVersion >= 25 ? AOT_CACHE : DYNAMIC_CDS;
    }

    /// Options of a run that writes the archive when it ends, and tells our bootstrap that it does.
    List<String> writing(String file) {
        return List.of(write + file, "-Dhearth.training=true");
    }

    /// Options of a run that uses the archive, or goes without it where it does not fit.
    ///
    /// It is mapped where it was made for, not at a random address: then its pages need no correction and instances
    /// share them, which saves 5 to 12 MB of each instance's own memory.
    List<String> reading(String file) {
        return List.of(read + file, "-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");
    }

    /// Options of a run that ends at once, with an error where the archive cannot be used.
    List<String> checking(String file) {
        List<String> options = new ArrayList<>(reading(file));
        options.add(insist);
        return List.copyOf(options);
    }
}
