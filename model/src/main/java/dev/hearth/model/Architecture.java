package dev.hearth.model;

/// Instruction sets that AWS Lambda knows.
public enum Architecture {
    X86_64("x86_64"),
    ARM64("arm64");

    private final String awsName;

    Architecture(String awsName) {
        this.awsName = awsName;
    }

    /// The name on the AWS wire.
    public String awsName() {
        return awsName;
    }
}
