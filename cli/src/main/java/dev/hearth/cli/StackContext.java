package dev.hearth.cli;

import dev.hearth.sam.Inputs;
import dev.hearth.sam.Spec;
import java.util.HashMap;
import java.util.Map;

/// What the steps of a stack share.
///
/// @param functions the functions of the stack that were met so far, by name
/// @param adopt     whether functions of other stacks may be taken
record StackContext(
        LambdaApi lambda,
        StackApi api,
        Readiness readiness,
        Packages packages,
        Inputs inputs,
        Map<String, Spec.Function> functions,
        boolean adopt) {
    StackContext(LambdaApi lambda, StackApi api, Readiness readiness, Packages packages, Inputs inputs, boolean adopt) {
        this(lambda, api, readiness, packages, inputs, new HashMap<>(), adopt);
    }

    String functionArn(String name) {
        return "arn:" + inputs.partition() + ":lambda:" + inputs.region() + ":" + inputs.account() + ":function:"
                + name;
    }
}
