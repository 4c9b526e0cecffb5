package dev.hearth.identity;

import dev.hearth.catalog.Catalog;
import dev.hearth.model.Clock;

/// IAM: roles and policies of the caller's account, kept and shown.
final class Iam {
    private final Roles roles;
    private final RolePolicies rolePolicies;
    private final ManagedPolicies policies;

    Iam(Catalog catalog, Clock clock) {
        this.roles = new Roles(catalog, clock);
        this.policies = new ManagedPolicies(catalog, clock);
        this.rolePolicies = new RolePolicies(catalog);
    }

    Result run(IamOperation operation, Call call) {
        return switch (operation) {
            case ATTACH_ROLE_POLICY -> rolePolicies.attach(call);
            case CREATE_POLICY -> policies.create(call);
            case CREATE_POLICY_VERSION -> policies.createVersion(call);
            case CREATE_ROLE -> roles.create(call);
            case DELETE_POLICY -> policies.delete(call);
            case DELETE_POLICY_VERSION -> policies.deleteVersion(call);
            case DELETE_ROLE -> roles.delete(call);
            case DELETE_ROLE_POLICY -> rolePolicies.deleteInline(call);
            case DETACH_ROLE_POLICY -> rolePolicies.detach(call);
            case GET_POLICY -> policies.get(call);
            case GET_POLICY_VERSION -> policies.getVersion(call);
            case GET_ROLE -> roles.get(call);
            case GET_ROLE_POLICY -> rolePolicies.getInline(call);
            case LIST_ATTACHED_ROLE_POLICIES -> rolePolicies.listAttached(call);
            case LIST_INSTANCE_PROFILES_FOR_ROLE -> roles.instanceProfiles(call);
            case LIST_POLICIES -> policies.list(call);
            case LIST_POLICY_TAGS -> policies.listTags(call);
            case LIST_POLICY_VERSIONS -> policies.listVersions(call);
            case LIST_ROLE_POLICIES -> rolePolicies.listInline(call);
            case LIST_ROLE_TAGS -> roles.listTags(call);
            case LIST_ROLES -> roles.list(call);
            case PUT_ROLE_POLICY -> rolePolicies.putInline(call);
            case SET_DEFAULT_POLICY_VERSION -> policies.setDefault(call);
            case TAG_POLICY -> policies.tag(call);
            case TAG_ROLE -> roles.tag(call);
            case UNTAG_POLICY -> policies.untag(call);
            case UNTAG_ROLE -> roles.untag(call);
            case UPDATE_ASSUME_ROLE_POLICY -> roles.updateTrust(call);
            case UPDATE_ROLE -> roles.update(call);
            case UPDATE_ROLE_DESCRIPTION -> roles.updateDescription(call);
        };
    }
}
