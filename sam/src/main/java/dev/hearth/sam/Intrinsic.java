package dev.hearth.sam;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The functions of CloudFormation that templates may call.
enum Intrinsic {
    REF("Ref"),
    SUB("Fn::Sub"),
    GET_ATT("Fn::GetAtt"),
    JOIN("Fn::Join"),
    SELECT("Fn::Select"),
    SPLIT("Fn::Split"),
    IF("Fn::If"),
    EQUALS("Fn::Equals"),
    NOT("Fn::Not"),
    AND("Fn::And"),
    OR("Fn::Or"),
    FIND_IN_MAP("Fn::FindInMap"),
    BASE64("Fn::Base64"),
    CONDITION("Condition");

    /// Those that need what only AWS has; a template that calls one where a value is needed is refused.
    static final List<String> ELSEWHERE = List.of(
            "Fn::ImportValue",
            "Fn::Transform",
            "Fn::Cidr",
            "Fn::GetAZs",
            "Fn::GetStackOutput",
            "Fn::ForEach",
            "Fn::Length",
            "Fn::ToJsonString",
            "Fn::Contains",
            "Fn::EachMemberEquals",
            "Fn::EachMemberIn",
            "Fn::RefAll",
            "Fn::ValueOf",
            "Fn::ValueOfAll");

    private final String key;

    Intrinsic(String key) {
        this.key = key;
    }

    /// Its name in the long form.
    String key() {
        return key;
    }

    /// Its name in the short form, such as `!Sub`.
    String tag() {
        return "!" + key.replace("Fn::", "");
    }

    /// The key of the long form for the tag of the short one; empty where there is no such function.
    static Optional<String> keyOfTag(String tag) {
        return java.util.stream.Stream.concat(Arrays.stream(values()).map(Intrinsic::key), ELSEWHERE.stream())
                .filter(key -> tag.equals("!" + key.replace("Fn::", "")))
                .findFirst();
    }

    static List<String> tags() {
        return Arrays.stream(values()).map(Intrinsic::tag).toList();
    }

    /// The function that a mapping calls; empty where it is data.
    static Optional<Intrinsic> of(Value.Mapping mapping) {
        if (mapping.entries().size() != 1) {
            return Optional.empty();
        }
        String only = mapping.entries().keySet().iterator().next();
        return Arrays.stream(values())
                .filter(f -> f != CONDITION && f.key.equals(only))
                .findFirst();
    }

    /// Whether a mapping calls a function that is unknown, or known and not possible here.
    static boolean isForeign(Value.Mapping mapping) {
        return mapping.entries().size() == 1
                && mapping.entries().keySet().iterator().next().startsWith("Fn::")
                && of(mapping).isEmpty();
    }
}
