package dev.hearth.identity;

import dev.hearth.catalog.Catalog;
import dev.hearth.catalog.RecordKind;
import dev.hearth.model.IamRole;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// STS: who calls, and credentials for a while. Roles' trust policies are not looked at: whoever may call may assume
/// any role that there is. Session policies and tags are taken and restrict nothing.
final class Sts {
    private static final Pattern ARN = Pattern.compile("arn:[^:]+:[^:]+:[^:]*:[^:]*:.+");
    private static final Pattern ROLE = Pattern.compile("arn:[^:]+:iam::(\\d{12}):role/(?:[^/]+/)*([\\w+=,.@-]+)");
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]*");
    private static final Duration ASSUMED = Duration.ofHours(1);
    private static final Duration SESSION = Duration.ofHours(12);
    private static final int SECONDS_MIN = 900;
    private static final int ASSUMED_SECONDS_MAX = 43_200;
    private static final int SESSION_SECONDS_MAX = 129_600;
    private static final int POLICY_MAX = 2_048;

    private final Catalog catalog;
    private final Sessions sessions;

    Sts(Catalog catalog, Sessions sessions) {
        this.catalog = catalog;
        this.sessions = sessions;
    }

    Result run(StsOperation operation, Call call) {
        return switch (operation) {
            case ASSUME_ROLE -> assumeRole(call);
            case GET_CALLER_IDENTITY -> callerIdentity(call.caller());
            case GET_SESSION_TOKEN -> sessionToken(call);
        };
    }

    private static Result callerIdentity(Caller caller) {
        return xml ->
                xml.text("Arn", caller.arn()).text("UserId", caller.userId()).text("Account", caller.account());
    }

    private Result sessionToken(Call call) {
        Duration life = seconds(call.form(), SESSION_SECONDS_MAX).orElse(SESSION);
        Caller caller = call.caller();
        if (caller.standing() != Caller.Standing.KEY) {
            throw QueryError.accessDenied("Cannot call GetSessionToken with session credentials");
        }
        var session = new Caller(caller.account(), caller.arn(), caller.userId(), Caller.Standing.SESSION);
        TemporaryCredentials credentials = sessions.issue(session, life);
        return xml -> write(xml, credentials);
    }

    private Result assumeRole(Call call) {
        Form form = call.form();
        String roleArn = Checks.required(form, "RoleArn");
        String name = sessionName(form);
        Optional<Duration> asked = seconds(form, ASSUMED_SECONDS_MAX);
        Optional<Integer> policySize = policySize(form);
        IamRole role = role(call, roleArn);
        Duration life = life(call.caller(), role, asked);
        Caller caller = session(role, name, call);
        TemporaryCredentials credentials = sessions.issue(caller, life);
        return xml -> {
            xml.element(
                    "AssumedRoleUser",
                    user -> user.text("AssumedRoleId", caller.userId()).text("Arn", caller.arn()));
            write(xml, credentials);
            xml.text("PackedPolicySize", policySize);
        };
    }

    private IamRole role(Call call, String arn) {
        if (!ARN.matcher(arn).matches()) {
            throw QueryError.validation(arn + " is invalid");
        }
        Matcher matcher = ROLE.matcher(arn);
        Optional<IamRole> role = matcher.matches()
                ? catalog.read(tx -> tx.find(RecordKind.IAM_ROLE, matcher.group(1), Roles.key(matcher.group(2))))
                : Optional.empty();
        return role.filter(found -> found.arn().equals(arn))
                .orElseThrow(() -> QueryError.accessDenied("User: "
                        + call.caller().arn() + " is not authorized to perform: sts:AssumeRole on resource: " + arn));
    }

    private static Duration life(Caller caller, IamRole role, Optional<Duration> asked) {
        Duration life = asked.orElse(ASSUMED);
        if (caller.standing() == Caller.Standing.ASSUMED_ROLE && life.compareTo(ASSUMED) > 0) {
            throw QueryError.validation(
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        }
        if (life.compareTo(role.maxSession()) > 0) {
            throw QueryError.validation(
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
        return life;
    }

    private static Caller session(IamRole role, String name, Call call) {
        String account = role.arn().split(":")[4];
        String arn =
                "arn:" + call.scope().partition() + ":sts::" + account + ":assumed-role/" + role.name() + "/" + name;
        return new Caller(account, arn, role.id() + ":" + name, Caller.Standing.ASSUMED_ROLE);
    }

    private static String sessionName(Form form) {
        String name = Checks.required(form, "RoleSessionName");
        String member = "roleSessionName";
        if (name.length() < 2) {
            throw violation(name, member, "Member must have length greater than or equal to 2");
        }
        if (name.length() > 64) {
            throw violation(name, member, "Member must have length less than or equal to 64");
        }
        if (!SESSION_NAME.matcher(name).matches()) {
            throw violation(name, member, "Member must satisfy regular expression pattern: " + SESSION_NAME.pattern());
        }
        return name;
    }

    private static Optional<Duration> seconds(Form form, int max) {
        return form.text("DurationSeconds").map(text -> {
            if (!text.matches("-?\\d{1,9}")) {
                throw new QueryError(
                        400, "MalformedInput", "DurationSeconds must be a whole number, not '" + text + "'");
            }
            int seconds = Integer.parseInt(text);
            if (seconds < SECONDS_MIN) {
                throw violation(
                        text, "durationSeconds", "Member must have value greater than or equal to " + SECONDS_MIN);
            }
            if (seconds > max) {
                throw violation(text, "durationSeconds", "Member must have value less than or equal to " + max);
            }
            return Duration.ofSeconds(seconds);
        });
    }

    /// In percent of what AWS takes; absent where no session policy is given.
    private static Optional<Integer> policySize(Form form) {
        return form.text("Policy").map(policy -> {
            if (policy.length() > POLICY_MAX) {
                throw violation(policy, "policy", "Member must have length less than or equal to " + POLICY_MAX);
            }
            PolicyDocument.ofIdentity(policy);
            return (PolicyDocument.size(policy) * 100 + POLICY_MAX - 1) / POLICY_MAX;
        });
    }

    /// STS says the value, where IAM does not.
    private static QueryError violation(String value, String member, String constraint) {
        return Checks.violation("Value '" + value + "'", member, constraint);
    }

    private static void write(Xml xml, TemporaryCredentials credentials) {
        xml.element(
                "Credentials",
                out -> out.text("AccessKeyId", credentials.key().id())
                        .text("SecretAccessKey", credentials.key().secret())
                        .text("SessionToken", credentials.token())
                        .text("Expiration", credentials.expires().truncatedTo(ChronoUnit.SECONDS)));
    }
}
