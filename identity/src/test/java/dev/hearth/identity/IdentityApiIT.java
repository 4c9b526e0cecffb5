package dev.hearth.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.catalog.SqliteCatalog;
import dev.hearth.http.Headers;
import dev.hearth.http.Request;
import dev.hearth.model.Scope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What golden files do not show: who must sign, quotas at their edge, what survives a restart.
class IdentityApiIT {
    private static final String TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Principal\":{\"AWS\":\"*\"},\"Action\":\"sts:AssumeRole\"%s}]}";
    private static final String POLICY =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"*\"}]}";

    @TempDir
    private Path directory;

    private static Request form(Map<String, String> headers, String path, String query, String body) {
        return Request.of("POST", path, query, Headers.of(headers), body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void onlyFormsAndActionsAreForIt() {
        Map<String, String> asForm = Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");

        assertThat(IdentityApi.isFor(form(asForm, "/", "", "Action=x"))).isTrue();
        assertThat(IdentityApi.isFor(form(Map.of(), "/", "Action=GetCallerIdentity&Version=2011-06-15", "")))
                .isTrue();
        assertThat(IdentityApi.isFor(form(Map.of("Content-Type", "application/json"), "/", "", "{}")))
                .isFalse();
        assertThat(IdentityApi.isFor(form(asForm, "/2015-03-31/functions", "", "")))
                .isFalse();
    }

    @Test
    void unsignedCallsAreAnsweredByVersionWhereNothingIsChecked() throws Exception {
        try (var catalog = SqliteCatalog.open(directory)) {
            var clock = new FakeClock();
            var sessions = new Sessions(SealingKey.ephemeral(), clock);
            var callers = new Callers(List.of(), sessions, Scope.DEFAULT);
            var api = new IdentityApi(catalog, callers, sessions, Scope.DEFAULT, clock);

            assertThat(Answer.to(api, "GET", "/?Action=GetCallerIdentity&Version=2011-06-15", Map.of(), new byte[0])
                            .text())
                    .contains("<Arn>arn:aws:iam::000000000000:root</Arn>");
            assertThat(Answer.to(api, "GET", "/?Action=ListRoles&Version=2010-05-08", Map.of(), new byte[0])
                            .text())
                    .contains("<Roles></Roles><IsTruncated>false</IsTruncated>");
            Answer other = Answer.to(api, "GET", "/?Action=ListQueues&Version=2012-11-05", Map.of(), new byte[0]);
            assertThat(other.status()).isEqualTo(501);
            assertThat(other.text()).contains("ListQueues");
        }
    }

    @Test
    void whereKeysAreConfiguredUnsignedCallsAreRefusedInXml() {
        try (var identity = new TestIdentity(directory)) {
            Answer refused = identity.unsigned("/?Action=GetCallerIdentity&Version=2011-06-15");

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.header("Content-Type")).isEqualTo("text/xml");
            assertThat(refused.text())
                    .startsWith("<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"
                            + "<Type>Sender</Type><Code>MissingAuthenticationToken</Code>");
            Answer unknown = identity.send(
                    new AccessKey("AKIDNONE", "x"),
                    Map.of(),
                    "sts",
                    Map.of("Action", "GetCallerIdentity", "Version", "2011-06-15"));
            assertThat(unknown.status()).isEqualTo(403);
            assertThat(unknown.text()).contains("<Code>InvalidClientTokenId</Code>");
        }
    }

    @Test
    void rolesAndCredentialsOutliveARestart() throws Exception {
        Path key = directory.resolve("sessions.key");
        var clock = new FakeClock();
        TemporaryCredentials given = new Sessions(SealingKey.open(key), clock)
                .issue(Caller.ofAccount(Scope.DEFAULT, "111111111111"), java.time.Duration.ofHours(1));
        try (var identity = new TestIdentity(directory)) {
            identity.iam("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", TRUST.formatted(""));
        }

        try (var identity = new TestIdentity(directory)) {
            assertThat(identity.iam("GetRole", "RoleName", "r").status()).isEqualTo(200);
        }
        var again = new Sessions(SealingKey.open(key), clock);
        assertThat(again.open(given.token()).map(again::secret))
                .contains(given.key().secret());
        assertThat(java.nio.file.Files.getPosixFilePermissions(key)).hasSize(2);
    }

    @Test
    void documentsOfTheLargestSizePassAndOneCharacterMoreDoesNot() {
        try (var identity = new TestIdentity(directory)) {
            String filler = ",\"Sid\":\"%s\"";
            int room = 2_048 - PolicyDocument.size(TRUST.formatted(filler.formatted("")));
            String most = TRUST.formatted(filler.formatted("x".repeat(room))) + "  ";
            assertThat(identity.iam("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", most)
                            .status())
                    .isEqualTo(200);
            assertLimit(
                    identity.iam("CreateRole", "RoleName", "s", "AssumeRolePolicyDocument", most.replace("xx", "xxx")),
                    "Cannot exceed quota for ACLSizePerRole: 2048");
            String policy = POLICY.formatted("s3:" + "x".repeat(6_144 - PolicyDocument.size(POLICY.formatted("s3:"))));
            assertThat(identity.iam("CreatePolicy", "PolicyName", "p", "PolicyDocument", policy)
                            .status())
                    .isEqualTo(200);
            assertLimit(
                    identity.iam("CreatePolicy", "PolicyName", "q", "PolicyDocument", policy.replace("s3:x", "s3:xx")),
                    "Cannot exceed quota for PolicySize: 6144");
        }
    }

    @Test
    void tenPoliciesAndFiftyTagsFitOnARole() {
        try (var identity = new TestIdentity(directory)) {
            identity.iam("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", TRUST.formatted(""));
            for (int i = 1; i <= 11; i++) {
                Answer answer = identity.iam(
                        "AttachRolePolicy", "RoleName", "r", "PolicyArn", "arn:aws:iam::aws:policy/Made" + i);
                if (i <= 10) {
                    assertThat(answer.status()).isEqualTo(200);
                } else {
                    assertLimit(answer, "Cannot exceed quota for PoliciesPerRole: 10");
                }
            }
            var tags = new ArrayList<>(List.of("RoleName", "r"));
            for (int i = 1; i <= 50; i++) {
                tags.addAll(List.of("Tags.member." + i + ".Key", "k" + i, "Tags.member." + i + ".Value", "v"));
            }
            assertThat(identity.iam("TagRole", tags.toArray(String[]::new)).status())
                    .isEqualTo(200);
            assertLimit(
                    identity.iam(
                            "TagRole", "RoleName", "r", "Tags.member.1.Key", "one more", "Tags.member.1.Value", ""),
                    "Cannot exceed quota for TagsPerRole: 50");
            tags.addAll(List.of("Tags.member.51.Key", "k51", "Tags.member.51.Value", "v"));
            assertThat(identity.iam("TagRole", tags.toArray(String[]::new)).text())
                    .contains("Value at 'tags' failed to satisfy constraint: Member must have length less than or equal"
                            + " to 50");
        }
    }

    @Test
    void pagesFollowEachOther() {
        try (var identity = new TestIdentity(directory)) {
            for (String name : List.of("b", "A", "d", "C")) {
                identity.iam("CreateRole", "RoleName", name, "AssumeRolePolicyDocument", TRUST.formatted(""));
            }
            assertPages(identity, List.of("A", "b", "C", "d"), "RoleName", "ListRoles");
        }
    }

    /// AWS tells names of roles apart without case, those of policies within a role with it.
    @Test
    void pagesOfNamesThatDifferInCaseAloneEnd() {
        try (var identity = new TestIdentity(directory)) {
            identity.iam("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", TRUST.formatted(""));
            for (String name : List.of("b", "a", "B", "A")) {
                String document = POLICY.formatted("s3:" + name);
                identity.iam("PutRolePolicy", "RoleName", "r", "PolicyName", name, "PolicyDocument", document);
            }
            assertPages(identity, List.of("A", "a", "B", "b"), "member", "ListRolePolicies", "RoleName", "r");
        }
    }

    /// One name to a page.
    private static void assertPages(
            TestIdentity identity, List<String> expected, String element, String action, String... parameters) {
        var names = new ArrayList<String>();
        var asked = new ArrayList<>(List.of(parameters));
        asked.addAll(List.of("MaxItems", "1"));
        for (int page = 1; page <= expected.size(); page++) {
            boolean more = page < expected.size();
            String answer = identity.iam(action, asked.toArray(String[]::new)).text();
            names.add(between(answer, "<" + element + ">", "</" + element + ">"));
            assertThat(answer).contains("<IsTruncated>" + more + "</IsTruncated>");
            if (more) {
                asked.addAll(List.of("Marker", between(answer, "<Marker>", "</Marker>")));
            }
        }
        assertThat(names).isEqualTo(expected);
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }

    private static void assertLimit(Answer answer, String message) {
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).contains("<Code>LimitExceeded</Code><Message>" + message + "</Message>");
    }
}
