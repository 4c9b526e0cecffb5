package dev.hearth.model;

/// The ARN of a function, without qualifier.
public record FunctionArn(Scope scope, String name) {

    /// `arn:aws:lambda:REGION:ACCOUNT:function:NAME:QUALIFIER`
    public String qualified(String qualifier) {
        return this + ":" + qualifier;
    }

    @Override
    public String toString() {
        return "arn:" + scope.partition() + ":lambda:" + scope.region() + ":" + scope.account() + ":function:" + name;
    }
}
