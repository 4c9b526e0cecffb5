package dev.hearth.identity;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The operations of IAM that Hearth has.
enum IamOperation {
    ATTACH_ROLE_POLICY("AttachRolePolicy", false),
    CREATE_POLICY("CreatePolicy", true),
    CREATE_POLICY_VERSION("CreatePolicyVersion", true),
    CREATE_ROLE("CreateRole", true),
    DELETE_POLICY("DeletePolicy", false),
    DELETE_POLICY_VERSION("DeletePolicyVersion", false),
    DELETE_ROLE("DeleteRole", false),
    DELETE_ROLE_POLICY("DeleteRolePolicy", false),
    DETACH_ROLE_POLICY("DetachRolePolicy", false),
    GET_POLICY("GetPolicy", true),
    GET_POLICY_VERSION("GetPolicyVersion", true),
    GET_ROLE("GetRole", true),
    GET_ROLE_POLICY("GetRolePolicy", true),
    LIST_ATTACHED_ROLE_POLICIES("ListAttachedRolePolicies", true),
    LIST_INSTANCE_PROFILES_FOR_ROLE("ListInstanceProfilesForRole", true),
    LIST_POLICIES("ListPolicies", true),
    LIST_POLICY_TAGS("ListPolicyTags", true),
    LIST_POLICY_VERSIONS("ListPolicyVersions", true),
    LIST_ROLE_POLICIES("ListRolePolicies", true),
    LIST_ROLE_TAGS("ListRoleTags", true),
    LIST_ROLES("ListRoles", true),
    PUT_ROLE_POLICY("PutRolePolicy", false),
    SET_DEFAULT_POLICY_VERSION("SetDefaultPolicyVersion", false),
    TAG_POLICY("TagPolicy", false),
    TAG_ROLE("TagRole", false),
    UNTAG_POLICY("UntagPolicy", false),
    UNTAG_ROLE("UntagRole", false),
    UPDATE_ASSUME_ROLE_POLICY("UpdateAssumeRolePolicy", false),
    UPDATE_ROLE("UpdateRole", true),
    UPDATE_ROLE_DESCRIPTION("UpdateRoleDescription", true);

    private final String action;
    private final boolean hasResult;

    IamOperation(String action, boolean hasResult) {
        this.action = action;
        this.hasResult = hasResult;
    }

    /// Whether AWS's answer has a `…Result` element.
    boolean hasResult() {
        return hasResult;
    }

    static Optional<IamOperation> named(String action) {
        return Stream.of(values())
                .filter(operation -> operation.action.equals(action))
                .findFirst();
    }

    static String names() {
        return Stream.of(values()).map(operation -> operation.action).collect(Collectors.joining(", "));
    }
}
