package dev.hearth.identity;

import dev.hearth.catalog.Catalog;
import dev.hearth.http.PercentEncoding;
import dev.hearth.model.IamRole;
import java.util.List;
import java.util.function.UnaryOperator;

/// What roles have of policies: documents of their own, and managed policies that are attached.
final class RolePolicies {
    private static final int NAME_MAX = 128;
    private static final int INLINE_MAX = 10_240;
    private static final int ATTACHED_MAX = 10;

    private final Catalog catalog;

    RolePolicies(Catalog catalog) {
        this.catalog = catalog;
    }

    Result putInline(Call call) {
        String policy = Checks.name(call.form(), "PolicyName", NAME_MAX);
        String document = PolicyDocument.ofIdentity(Checks.required(call.form(), "PolicyDocument"));
        change(call, role -> {
            IamRole changed = role.withInline(policy, document);
            int size = changed.inlinePolicies().values().stream()
                    .mapToInt(PolicyDocument::size)
                    .sum();
            if (size > INLINE_MAX) {
                throw QueryError.limitExceeded(
                        "Maximum policy size of " + INLINE_MAX + " bytes exceeded for role " + role.name());
            }
            return changed;
        });
        return Result.NONE;
    }

    Result getInline(Call call) {
        String policy = Checks.name(call.form(), "PolicyName", NAME_MAX);
        IamRole role = read(call);
        checkHas(role, policy);
        String document = role.inlinePolicies().getOrDefault(policy, "");
        return xml -> xml.text("RoleName", role.name())
                .text("PolicyName", policy)
                .text("PolicyDocument", PercentEncoding.encode(document, ""));
    }

    Result deleteInline(Call call) {
        String policy = Checks.name(call.form(), "PolicyName", NAME_MAX);
        change(call, role -> {
            checkHas(role, policy);
            return role.withoutInline(policy);
        });
        return Result.NONE;
    }

    Result listInline(Call call) {
        Page<String> page = Page.of(call.form(), read(call).inlinePolicies().keySet(), name -> name);
        return xml -> {
            xml.members("PolicyNames", page.items(), Xml::escaped);
            page.write(xml);
        };
    }

    Result attach(Call call) {
        String arn = ManagedPolicies.arn(call.form());
        String name = Roles.name(call.form());
        catalog.change(tx -> {
            IamRole role = Roles.find(tx, call.account(), name);
            if (!ManagedPolicies.exists(tx, call, arn)) {
                throw QueryError.noSuchEntity("Policy " + arn + " does not exist or is not attachable.");
            }
            IamRole changed = role.attach(arn);
            if (changed.attachedPolicies().size() > ATTACHED_MAX) {
                throw QueryError.limitExceeded("Cannot exceed quota for PoliciesPerRole: " + ATTACHED_MAX);
            }
            Roles.put(tx, call.account(), changed);
        });
        return Result.NONE;
    }

    Result detach(Call call) {
        String arn = ManagedPolicies.arn(call.form());
        change(call, role -> {
            if (!role.attachedPolicies().contains(arn)) {
                throw QueryError.noSuchEntity("Policy " + arn + " was not found.");
            }
            return role.detach(arn);
        });
        return Result.NONE;
    }

    Result listAttached(Call call) {
        String prefix = call.form().text("PathPrefix", "/");
        List<String> arns = read(call).attachedPolicies().stream()
                .filter(arn -> arn.substring(arn.indexOf('/')).startsWith(prefix))
                .toList();
        Page<String> page = Page.of(call.form(), arns, arn -> arn);
        return xml -> {
            xml.members(
                    "AttachedPolicies",
                    page.items(),
                    (out, arn) -> out.text("PolicyName", arn.substring(arn.lastIndexOf('/') + 1))
                            .text("PolicyArn", arn));
            page.write(xml);
        };
    }

    private static void checkHas(IamRole role, String policy) {
        if (!role.inlinePolicies().containsKey(policy)) {
            throw QueryError.noSuchEntity("The role policy with name " + policy + " cannot be found.");
        }
    }

    private IamRole read(Call call) {
        String name = Roles.name(call.form());
        return catalog.read(tx -> Roles.find(tx, call.account(), name));
    }

    private void change(Call call, UnaryOperator<IamRole> change) {
        String name = Roles.name(call.form());
        catalog.change(tx -> Roles.put(tx, call.account(), change.apply(Roles.find(tx, call.account(), name))));
    }
}
