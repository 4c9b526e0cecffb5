package dev.hearth.identity;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.CatalogTransaction;
import dev.hearth.catalog.RecordKind;
import dev.hearth.http.PercentEncoding;
import dev.hearth.model.Clock;
import dev.hearth.model.IamPolicy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Managed policies: those of the account are made, shown, changed and deleted; those of AWS are shown as far as
/// [AwsPolicies] has them.
final class ManagedPolicies {
    private static final Pattern ARN = Pattern.compile("arn:[^:]+:iam::(\\d{12}|aws):policy/.+");
    private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");
    private static final int NAME_MAX = 128;
    private static final int DOCUMENT_MAX = 6_144;
    private static final int VERSIONS_MAX = 5;
    private static final int PER_ACCOUNT = 1_500;

    private final Catalog catalog;
    private final Clock clock;

    ManagedPolicies(Catalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    static String arn(Form form) {
        String arn = Checks.required(form, "PolicyArn");
        if (!ARN.matcher(arn).matches()) {
            throw QueryError.validation("ARN " + arn + " is not valid.");
        }
        return arn;
    }

    /// Whether a policy can be attached. Of AWS's own Hearth does not know all, and believes the caller.
    static boolean exists(CatalogTransaction tx, Call call, String arn) {
        return AwsPolicies.owns(arn) || find(tx, call, arn).isPresent();
    }

    private static Optional<IamPolicy> find(CatalogTransaction tx, Call call, String arn) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        return tx.find(RecordKind.IAM_POLICY, call.account(), Roles.key(name))
                .filter(policy -> policy.arn().equals(arn));
    }

    Result create(Call call) {
        Form form = call.form();
        String name = Checks.name(form, "PolicyName", NAME_MAX);
        String path = Checks.path(form);
        String document = document(form);
        Instant now = now();
        var policy = new IamPolicy(
                call.arn("policy", path, name),
                name,
                path,
                Ids.next(Ids.POLICY, Ids.LENGTH),
                now,
                now,
                Checks.description(form),
                List.of(new IamPolicy.Version(1, document, now)),
                1,
                1,
                Checks.tags(form));
        catalog.change(tx -> {
            if (tx.find(RecordKind.IAM_POLICY, call.account(), Roles.key(name)).isPresent()) {
                throw QueryError.alreadyExists(
                        "A policy called " + name + " already exists. Duplicate names are not allowed.");
            }
            if (tx.list(RecordKind.IAM_POLICY, call.account()).size() >= PER_ACCOUNT) {
                throw QueryError.limitExceeded("Cannot exceed quota for PoliciesPerAccount: " + PER_ACCOUNT);
            }
            put(tx, call, policy);
        });
        return xml -> xml.element("Policy", out -> {
            write(out, policy, 0);
            if (!policy.tags().isEmpty()) {
                Tagging.write(out, policy.tags());
            }
        });
    }

    Result get(Call call) {
        String arn = arn(call.form());
        return catalog.read(tx -> {
            IamPolicy policy = AwsPolicies.find(arn)
                    .or(() -> find(tx, call, arn))
                    .orElseThrow(() -> QueryError.noSuchEntity("Policy " + arn + " was not found."));
            int attachments = attachments(tx, call).getOrDefault(arn, 0);
            return xml -> xml.element("Policy", out -> {
                write(out, policy, attachments);
                out.text("Description", policy.description());
                Tagging.write(out, policy.tags());
            });
        });
    }

    Result list(Call call) {
        Form form = call.form();
        String scope = form.text("Scope", "All");
        String prefix = form.text("PathPrefix", "/");
        boolean onlyAttached = form.text("OnlyAttached", "false").equals("true");
        return catalog.read(tx -> {
            Stream<IamPolicy> local =
                    scope.equals("AWS") ? Stream.empty() : tx.list(RecordKind.IAM_POLICY, call.account()).stream();
            Stream<IamPolicy> ofAws = scope.equals("Local") ? Stream.empty() : AwsPolicies.known();
            Map<String, Integer> attachments = attachments(tx, call);
            List<IamPolicy> policies = Stream.concat(local, ofAws)
                    .filter(policy -> policy.path().startsWith(prefix))
                    .filter(policy -> !onlyAttached || attachments.containsKey(policy.arn()))
                    .toList();
            Page<IamPolicy> page = Page.of(form, policies, IamPolicy::arn);
            return xml -> {
                xml.members(
                        "Policies",
                        page.items(),
                        (out, policy) -> write(out, policy, attachments.getOrDefault(policy.arn(), 0)));
                page.write(xml);
            };
        });
    }

    Result delete(Call call) {
        String arn = arn(call.form());
        catalog.change(tx -> {
            IamPolicy policy = own(tx, call, arn);
            if (attachments(tx, call).containsKey(arn)) {
                throw QueryError.deleteConflict("Cannot delete a policy attached to entities.");
            }
            if (policy.versions().size() > 1) {
                throw QueryError.deleteConflict(
                        "This policy has more than one version. Before you delete a policy, you must delete the"
                                + " policy's versions. The default version is deleted with the policy.");
            }
            tx.remove(RecordKind.IAM_POLICY, call.account(), Roles.key(policy.name()));
        });
        return Result.NONE;
    }

    Result getVersion(Call call) {
        String arn = arn(call.form());
        String id = versionId(call.form());
        IamPolicy policy = catalog.read(tx -> AwsPolicies.find(arn).or(() -> find(tx, call, arn)))
                .orElseThrow(() -> noVersion(arn, id));
        IamPolicy.Version version = version(policy, id);
        if (version.document().isEmpty()) {
            throw QueryError.notImplemented("Hearth does not have the document of the AWS managed policy " + arn
                    + "; it has those of " + AwsPolicies.names() + ".");
        }
        return xml -> xml.element("PolicyVersion", out -> {
            out.text("Document", PercentEncoding.encode(version.document(), ""));
            write(out, policy, version);
        });
    }

    Result createVersion(Call call) {
        String document = document(call.form());
        boolean asDefault = call.form().text("SetAsDefault", "false").equals("true");
        IamPolicy changed = change(call, policy -> {
            if (policy.versions().size() >= VERSIONS_MAX) {
                throw QueryError.limitExceeded("A managed policy can have up to " + VERSIONS_MAX
                        + " versions. Before you create a new version, you must delete an existing version.");
            }
            return policy.withVersion(document, asDefault, now());
        });
        return xml -> xml.element(
                "PolicyVersion", out -> write(out, changed, changed.versions().getLast()));
    }

    Result deleteVersion(Call call) {
        String id = versionId(call.form());
        change(call, policy -> {
            int number = version(policy, id).number();
            if (number == policy.defaultVersion()) {
                throw QueryError.deleteConflict("Cannot delete the default version of a policy.");
            }
            return policy.withoutVersion(number);
        });
        return Result.NONE;
    }

    Result setDefault(Call call) {
        String id = versionId(call.form());
        change(call, policy -> policy.withDefault(version(policy, id).number(), now()));
        return Result.NONE;
    }

    Result listVersions(Call call) {
        String arn = arn(call.form());
        IamPolicy policy = catalog.read(tx -> AwsPolicies.find(arn).or(() -> find(tx, call, arn)))
                .orElseThrow(() -> QueryError.noSuchEntity("Policy " + arn + " was not found."));
        // at most five: they always fit on a page
        return xml -> xml.members(
                        "Versions", policy.versions().reversed(), (out, version) -> write(out, policy, version))
                .text("IsTruncated", false);
    }

    Result tag(Call call) {
        Map<String, String> tags = Checks.tags(call.form());
        change(call, policy -> policy.withTags(Tagging.added(policy.tags(), tags, "TagsPerPolicy")));
        return Result.NONE;
    }

    Result untag(Call call) {
        change(
                call,
                policy -> policy.withTags(
                        Tagging.without(policy.tags(), call.form().texts("TagKeys"))));
        return Result.NONE;
    }

    Result listTags(Call call) {
        String arn = arn(call.form());
        IamPolicy policy = catalog.read(tx -> own(tx, call, arn));
        return Tagging.list(call.form(), policy.tags());
    }

    private IamPolicy change(Call call, UnaryOperator<IamPolicy> change) {
        String arn = arn(call.form());
        return catalog.write(tx -> {
            IamPolicy changed = change.apply(own(tx, call, arn));
            put(tx, call, changed);
            return changed;
        });
    }

    /// A policy of the account; AWS's own can be changed by nobody.
    private static IamPolicy own(CatalogTransaction tx, Call call, String arn) {
        if (AwsPolicies.owns(arn)) {
            throw QueryError.accessDenied("User: " + call.caller().arn() + " is not authorized to change " + arn
                    + ": it is an AWS managed policy");
        }
        return find(tx, call, arn).orElseThrow(() -> QueryError.noSuchEntity("Policy " + arn + " was not found."));
    }

    private static void put(CatalogTransaction tx, Call call, IamPolicy policy) {
        tx.put(RecordKind.IAM_POLICY, call.account(), Roles.key(policy.name()), policy);
    }

    /// How many roles of the account have each policy that any has.
    private static Map<String, Integer> attachments(CatalogTransaction tx, Call call) {
        return tx.list(RecordKind.IAM_ROLE, call.account()).stream()
                .flatMap(role -> role.attachedPolicies().stream())
                .collect(Collectors.toMap(arn -> arn, arn -> 1, Integer::sum));
    }

    private static String document(Form form) {
        String document = PolicyDocument.ofIdentity(Checks.required(form, "PolicyDocument"));
        if (PolicyDocument.size(document) > DOCUMENT_MAX) {
            throw QueryError.limitExceeded("Cannot exceed quota for PolicySize: " + DOCUMENT_MAX);
        }
        return document;
    }

    private static String versionId(Form form) {
        String id = Checks.required(form, "VersionId");
        Checks.matches("VersionId", id, VERSION);
        return id;
    }

    private static IamPolicy.Version version(IamPolicy policy, String id) {
        return policy.versions().stream()
                .filter(version -> version.id().equals(id))
                .findFirst()
                .orElseThrow(() -> noVersion(policy.arn(), id));
    }

    private static QueryError noVersion(String arn, String id) {
        return QueryError.noSuchEntity("Policy " + arn + " version " + id + " does not exist or is not attachable.");
    }

    private Instant now() {
        return clock.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static void write(Xml xml, IamPolicy policy, IamPolicy.Version version) {
        xml.text("VersionId", version.id())
                .text("IsDefaultVersion", version.number() == policy.defaultVersion())
                .text("CreateDate", version.created());
    }

    private static void write(Xml xml, IamPolicy policy, int attachments) {
        xml.text("PolicyName", policy.name())
                .text("PolicyId", policy.id())
                .text("Arn", policy.arn())
                .text("Path", policy.path())
                .text("DefaultVersionId", "v" + policy.defaultVersion())
                .text("AttachmentCount", attachments)
                .text("PermissionsBoundaryUsageCount", 0)
                .text("IsAttachable", true)
                .text("CreateDate", policy.created())
                .text("UpdateDate", policy.updated());
    }
}
