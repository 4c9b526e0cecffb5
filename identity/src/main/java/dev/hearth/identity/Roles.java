package dev.hearth.identity;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.catalog.RecordKind;
import dev.hearth.http.PercentEncoding;
import dev.hearth.model.Clock;
import dev.hearth.model.IamRole;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Roles: made, shown, changed, deleted.
final class Roles {
    private static final int NAME_MAX = 64;
    private static final int TRUST_MAX = 2_048;
    private static final int PER_ACCOUNT = 1_000;
    private static final Duration MAX_SESSION = Duration.ofHours(1);

    private final Catalog catalog;
    private final Clock clock;

    Roles(Catalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /// AWS tells names apart without case.
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static String name(Form form) {
        return Checks.name(form, "RoleName", NAME_MAX);
    }

    static IamRole find(CatalogTransaction tx, String account, String name) {
        return tx.find(RecordKind.IAM_ROLE, account, key(name)).orElseThrow(() -> QueryError.noRole(name));
    }

    static void put(CatalogTransaction tx, String account, IamRole role) {
        tx.put(RecordKind.IAM_ROLE, account, key(role.name()), role);
    }

    Result create(Call call) {
        Form form = call.form();
        String name = name(form);
        String path = Checks.path(form);
        String trust = trust(form, "AssumeRolePolicyDocument");
        refuseBoundary(form);
        var role = new IamRole(
                call.arn("role", path, name),
                name,
                path,
                Ids.next(Ids.ROLE, Ids.LENGTH),
                now(),
                trust,
                Checks.description(form),
                Checks.maxSession(form, MAX_SESSION),
                Checks.tags(form),
                Map.of(),
                List.of());
        catalog.change(tx -> {
            List<IamRole> others = tx.list(RecordKind.IAM_ROLE, call.account());
            if (tx.find(RecordKind.IAM_ROLE, call.account(), key(name)).isPresent()) {
                throw QueryError.alreadyExists("Role with name " + name + " already exists.");
            }
            if (others.size() >= PER_ACCOUNT) {
                throw QueryError.limitExceeded("Cannot exceed quota for RolesPerAccount: " + PER_ACCOUNT);
            }
            put(tx, call.account(), role);
        });
        return xml -> xml.element("Role", out -> {
            writeHead(out, role);
            if (!role.tags().isEmpty()) {
                Tagging.write(out, role.tags());
            }
        });
    }

    private static void refuseBoundary(Form form) {
        if (form.text("PermissionsBoundary").isPresent()) {
            throw QueryError.notImplemented("Hearth has no permissions boundaries: create the role without one.");
        }
    }

    Result get(Call call) {
        IamRole role = read(call);
        return xml -> xml.element("Role", out -> {
            write(out, role);
            if (!role.tags().isEmpty()) {
                Tagging.write(out, role.tags());
            }
            out.element("RoleLastUsed", nothing -> {});
        });
    }

    Result list(Call call) {
        String prefix = call.form().text("PathPrefix", "/");
        List<IamRole> roles = catalog.read(tx -> tx.list(RecordKind.IAM_ROLE, call.account())).stream()
                .filter(role -> role.path().startsWith(prefix))
                .toList();
        Page<IamRole> page = Page.of(call.form(), roles, IamRole::name);
        return xml -> {
            xml.members("Roles", page.items(), Roles::write);
            page.write(xml);
        };
    }

    Result update(Call call) {
        Form form = call.form();
        Optional<String> description = Checks.description(form);
        change(call, role -> role.with(description.or(role::description), Checks.maxSession(form, role.maxSession())));
        return Result.NONE;
    }

    Result updateDescription(Call call) {
        Checks.required(call.form(), "Description");
        Optional<String> description = Checks.description(call.form());
        IamRole changed = change(call, role -> role.with(description, role.maxSession()));
        return xml -> xml.element("Role", out -> writeHead(out, changed));
    }

    Result updateTrust(Call call) {
        String trust = trust(call.form(), "PolicyDocument");
        change(call, role -> role.withTrust(trust));
        return Result.NONE;
    }

    Result delete(Call call) {
        String name = name(call.form());
        catalog.change(tx -> {
            IamRole role = find(tx, call.account(), name);
            if (!role.attachedPolicies().isEmpty()) {
                throw QueryError.deleteConflict("Cannot delete entity, must detach all policies first.");
            }
            if (!role.inlinePolicies().isEmpty()) {
                throw QueryError.deleteConflict("Cannot delete entity, must delete policies first.");
            }
            tx.remove(RecordKind.IAM_ROLE, call.account(), key(name));
        });
        return Result.NONE;
    }

    Result tag(Call call) {
        Map<String, String> tags = Checks.tags(call.form());
        change(call, role -> role.withTags(Tagging.added(role.tags(), tags, "TagsPerRole")));
        return Result.NONE;
    }

    Result untag(Call call) {
        change(
                call,
                role -> role.withTags(Tagging.without(role.tags(), call.form().texts("TagKeys"))));
        return Result.NONE;
    }

    Result listTags(Call call) {
        return Tagging.list(call.form(), read(call).tags());
    }

    /// Hearth has none; Terraform asks before it deletes a role.
    Result instanceProfiles(Call call) {
        read(call);
        return xml -> xml.element("InstanceProfiles", nothing -> {}).text("IsTruncated", false);
    }

    private IamRole read(Call call) {
        String name = name(call.form());
        return catalog.read(tx -> find(tx, call.account(), name));
    }

    private IamRole change(Call call, UnaryOperator<IamRole> change) {
        String name = name(call.form());
        return catalog.write(tx -> {
            IamRole changed = change.apply(find(tx, call.account(), name));
            put(tx, call.account(), changed);
            return changed;
        });
    }

    private static String trust(Form form, String parameter) {
        String trust = PolicyDocument.ofTrust(Checks.required(form, parameter));
        if (PolicyDocument.size(trust) > TRUST_MAX) {
            throw QueryError.limitExceeded("Cannot exceed quota for ACLSizePerRole: " + TRUST_MAX);
        }
        return trust;
    }

    private Instant now() {
        return clock.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static void write(Xml xml, IamRole role) {
        writeHead(xml, role);
        xml.text("MaxSessionDuration", role.maxSession().toSeconds());
    }

    /// What every answer with a role has.
    private static void writeHead(Xml xml, IamRole role) {
        xml.text("Path", role.path())
                .text("RoleName", role.name())
                .text("RoleId", role.id())
                .text("Arn", role.arn())
                .text("CreateDate", role.created())
                .text("AssumeRolePolicyDocument", PercentEncoding.encode(role.trust(), ""))
                .text("Description", role.description());
    }
}
