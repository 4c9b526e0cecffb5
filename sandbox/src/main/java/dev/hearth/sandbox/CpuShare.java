package dev.hearth.sandbox;

/// What a sandbox gets of the CPUs.
///
/// @param normal  while it serves
/// @param boosted while it initialises
record CpuShare(double normal, double boosted) {
    static CpuShare of(SandboxSpec spec, SandboxConfig config) {
        double normal = Math.max(spec.cpus(), config.minimumCpus());
        return new CpuShare(normal, Math.max(normal, config.boostCpus()));
    }
}
