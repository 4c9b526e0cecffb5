package dev.hearth.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A role as IAM keeps it. Hearth shows it and lets it be assumed; its policies enforce nothing.
///
/// @param arn             with path and name
/// @param id              `AROA…`
/// @param trust           the assume-role policy document, as given
/// @param maxSession      the longest life of credentials from assuming it
/// @param inlinePolicies  documents by name
/// @param attachedPolicies ARNs of managed policies, in the order of their attachment
public record IamRole(
        String arn,
        String name,
        String path,
        String id,
        Instant created,
        String trust,
        Optional<String> description,
        Duration maxSession,
        Map<String, String> tags,
        Map<String, String> inlinePolicies,
        List<String> attachedPolicies) {

    public IamRole {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        inlinePolicies = Collections.unmodifiableMap(new LinkedHashMap<>(inlinePolicies));
        attachedPolicies = List.copyOf(attachedPolicies);
    }

    /// The same with another assume-role policy.
    public IamRole withTrust(String other) {
        return new IamRole(
                arn, name, path, id, created, other, description, maxSession, tags, inlinePolicies, attachedPolicies);
    }

    /// The same with what `UpdateRole` changes.
    public IamRole with(Optional<String> otherDescription, Duration otherMaxSession) {
        return new IamRole(
                arn,
                name,
                path,
                id,
                created,
                trust,
                otherDescription,
                otherMaxSession,
                tags,
                inlinePolicies,
                attachedPolicies);
    }

    /// The same with other tags.
    public IamRole withTags(Map<String, String> others) {
        return new IamRole(
                arn, name, path, id, created, trust, description, maxSession, others, inlinePolicies, attachedPolicies);
    }

    /// The same with an inline policy added or replaced.
    public IamRole withInline(String policy, String document) {
        var more = new LinkedHashMap<>(inlinePolicies);
        more.put(policy, document);
        return withInline(more);
    }

    /// The same without an inline policy.
    public IamRole withoutInline(String policy) {
        var fewer = new LinkedHashMap<>(inlinePolicies);
        fewer.remove(policy);
        return withInline(fewer);
    }

    private IamRole withInline(Map<String, String> others) {
        return new IamRole(
                arn, name, path, id, created, trust, description, maxSession, tags, others, attachedPolicies);
    }

    /// The same with a managed policy attached; itself where it is.
    public IamRole attach(String policyArn) {
        if (attachedPolicies.contains(policyArn)) {
            return this;
        }
        var more = new ArrayList<>(attachedPolicies);
        more.add(policyArn);
        return withAttached(more);
    }

    /// The same with a managed policy detached.
    public IamRole detach(String policyArn) {
        return withAttached(attachedPolicies.stream()
                .filter(attached -> !attached.equals(policyArn))
                .toList());
    }

    private IamRole withAttached(List<String> others) {
        return new IamRole(arn, name, path, id, created, trust, description, maxSession, tags, inlinePolicies, others);
    }
}
