package dev.hearth.identity;

import dev.hearth.model.Scope;

/// One request to STS or IAM.
///
/// @param scope with the caller's account in place of the default one
record Call(Form form, Caller caller, Scope scope) {
    String account() {
        return caller.account();
    }

    /// `arn:aws:iam::ACCOUNT:KIND/PATH/NAME`
    String arn(String kind, String path, String name) {
        return "arn:" + scope.partition() + ":iam::" + account() + ":" + kind + path + name;
    }
}
