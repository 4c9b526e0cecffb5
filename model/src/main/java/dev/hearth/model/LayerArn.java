package dev.hearth.model;

/// The ARN of a layer, without version.
public record LayerArn(Scope scope, String name) {

    public String version(long version) {
        return this + ":" + version;
    }

    @Override
    public String toString() {
        return "arn:" + scope.partition() + ":lambda:" + scope.region() + ":" + scope.account() + ":layer:" + name;
    }
}
