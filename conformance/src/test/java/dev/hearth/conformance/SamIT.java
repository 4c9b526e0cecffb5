package dev.hearth.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `hearth deploy` and `hearth export` of SAM templates, against a real server and real runtimes.
@ExtendWith(SharedServer.class)
class SamIT {
    private static final Pattern URL_ID = Pattern.compile("http://([a-z0-9]+)\\.lambda-url\\.");

    private final HearthServer server;
    private final Lambda lambda;
    private final String stack = Lambda.newName("stack");

    @TempDir
    private Path directory;

    private HearthCli hearth;

    SamIT(HearthServer server, Lambda lambda) {
        this.server = server;
        this.lambda = lambda;
        this.hearth = new HearthCli(server.endpoint(), Path.of("."));
    }

    @BeforeEach
    void writeProject() throws IOException {
        hearth = new HearthCli(server.endpoint(), directory);
        Files.copy(Path.of("src/test/resources/sam/hello-world.yaml"), directory.resolve("template.yaml"));
        write("hello_world/app.py", """
                import os, shared
                def lambda_handler(event, context):
                    return {"says": shared.say(os.environ["GREETING"]), "other": os.environ["OTHER"]}
                """);
        write("node/app.js", "exports.lambdaHandler = async () => process.env.TABLE;\n");
        write("shared/python/shared.py", "def say(greeting): return greeting + ' world'\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Command deploy(String... more) {
        var words = new java.util.ArrayList<>(List.of(
                "deploy",
                ".",
                "--stack",
                stack,
                "--parameter",
                "PythonRuntime=" + Toolchain.pythonRuntime(),
                "--parameter",
                "NodeRuntime=" + Toolchain.nodeRuntime()));
        words.addAll(List.of(more));
        return hearth.run(words.toArray(String[]::new));
    }

    private String call(String name) {
        return lambda.call(name, "{}").payload();
    }

    @Test
    void projectOfSamInitIsDeployedChangedAndExportedAgain() throws Exception {
        String hello = stack + "-HelloWorldFunction";
        String first = deploy().orFail().output();
        assertThat(first)
                .contains("+ HelloWorldFunction: function " + hello)
                .contains("HelloWorldFunction: Events.HelloWorld (Api): there is no API Gateway yet")
                .contains("Table (AWS::Serverless::SimpleTable): ")
                .contains("Table is not here; taken for it: " + stack + "-Table")
                .contains("Outputs.HelloWorldApi has no value")
                .contains("arn:aws:lambda:us-east-1:000000000000:function:" + hello)
                .contains("role/" + hello + "Role")
                .contains(stack + ": 7 changes made");
        String answer = "{\"says\": \"hello world\", \"other\": \"arn:aws:lambda:us-east-1:000000000000:function:"
                + stack + "-NodeFunction\"}";
        assertThat(call(hello)).isEqualTo(answer);
        assertThat(call(stack + "-NodeFunction")).isEqualTo("\"" + stack + "-Table\"");
        assertThat(getUrl(first)).isEqualTo(answer);

        assertThat(deploy().orFail().output())
                .contains(stack + ": nothing to change")
                .doesNotContain("\n+ ", "\n~ ");

        write("hello_world/app.py", "def lambda_handler(event, context):\n    return 'new'\n");
        Command unasked = deploy("--parameter", "Greeting=hi");
        assertThat(unasked.exit()).as(unasked.output()).isEqualTo(3);
        assertThat(unasked.output())
                .contains("Environment.Variables.GREETING: hello → hi")
                .contains("code: sha256 ")
                .contains("+ HelloWorldFunctionVersion: version")
                .contains("Nothing was changed: 3 resources that exist would be")
                .contains("deploy with --yes");
        assertThat(call(hello)).isEqualTo(answer);

        assertThat(deploy("--parameter", "Greeting=hi", "--dry-run").orFail().output())
                .contains("nothing was changed");
        assertThat(call(hello)).isEqualTo(answer);

        deploy("--parameter", "Greeting=hi", "--yes").orFail();
        assertThat(call(hello)).isEqualTo("\"new\"");
        assertThat(call(hello + ":live")).isEqualTo("\"new\"");
        assertThat(lambda.sdk()
                        .getAlias(r -> r.functionName(hello).name("live"))
                        .functionVersion())
                .isEqualTo("2");

        assertThat(hearth.orFail("export", "--stack", stack, "--output", "exported"))
                .contains("2 functions written");
        assertThat(hearth.orFail("deploy", "exported")).contains(stack + ": nothing to change");
    }

    private String getUrl(String output) throws Exception {
        Matcher id = URL_ID.matcher(output);
        assertThat(id.find()).as(output).isTrue();
        try (var client = HttpClient.newHttpClient()) {
            URI uri = server.endpoint().resolve("/_hearth/url/" + id.group(1) + "/");
            return client.send(
                            HttpRequest.newBuilder(uri)
                                    .timeout(Duration.ofSeconds(30))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void whatLeftTheTemplateStaysUntilItIsPruned() throws Exception {
        String template = """
                Transform: AWS::Serverless-2016-10-31
                Resources:
                  A:
                    Type: AWS::Serverless::Function
                    Properties: { InlineCode: 'def handler(e, c): return 1', Handler: index.handler, Runtime: %s, AutoPublishAlias: live }
                  B:
                    Type: AWS::Serverless::Function
                    Properties: { InlineCode: 'def handler(e, c): return 2', Handler: index.handler, Runtime: %s }
                """.formatted(Toolchain.pythonRuntime(), Toolchain.pythonRuntime());
        write("t.yaml", template);
        hearth.orFail("deploy", "t.yaml", "--stack", stack);
        write("t.yaml", template.substring(0, template.indexOf("  B:")).replace(", AutoPublishAlias: live", ""));

        String left = hearth.orFail("deploy", "t.yaml", "--stack", stack);
        assertThat(left)
                .contains("! alias live " + stack + "-A")
                .contains("! function " + stack + "-B")
                .contains("nothing to change");
        assertThat(lambda.names()).contains(stack + "-B");

        hearth.orFail("deploy", "t.yaml", "--stack", stack, "--prune", "--yes");
        assertThat(lambda.names()).contains(stack + "-A").doesNotContain(stack + "-B");
        assertThat(lambda.sdk().listAliases(r -> r.functionName(stack + "-A")).aliases())
                .isEmpty();
        assertThat(hearth.orFail("deploy", "t.yaml", "--stack", stack, "--prune"))
                .doesNotContain("\n- ", "\n! ");
    }

    @Test
    void mistakeIsNamedWithItsLineBeforeAnythingIsMade() throws Exception {
        write("t.yaml", """
                Transform: AWS::Serverless-2016-10-31
                Resources:
                  Hello:
                    Type: AWS::Serverless::Function
                    Properties: { InlineCode: 'def handler(e, c): return 1', Handler: index.handler, Runtime: %s }
                Outputs:
                  Arn: { Value: !GetAtt Helo.Arn }
                """.formatted(Toolchain.pythonRuntime()));

        Command refused = hearth.run("deploy", "t.yaml", "--stack", stack);

        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.output())
                .isEqualTo(
                        "hearth: t.yaml:7: Outputs.Arn: there is no parameter or resource 'Helo' to refer to: did you mean 'Hello'?\n");
        assertThat(lambda.names()).doesNotContain(stack + "-Hello");

        String template = Files.readString(directory.resolve("t.yaml"));
        write("t.yaml", template.replace("Handler:", "MemorySize: 1, Handler:").replace("Helo", "Hello"));
        Command byServer = hearth.run("deploy", "t.yaml", "--stack", stack);
        assertThat(byServer.exit()).isEqualTo(3);
        assertThat(byServer.output())
                .contains("hearth: Hello (line 4) was refused: ")
                .contains("memorySize");
    }

    @Test
    void functionMadeByAnotherToolIsExportedAndDeployedWithoutAChange() {
        String name = lambda.deploy(
                Toolchain.pythonRuntime(),
                "app.handler",
                Code.of("app.py", "def handler(event, context): return event\n"),
                settings -> settings.environment(
                                e -> e.variables(java.util.Map.of("TEXT", "yes", "ODD", "a: b\n\"c\" 'd' ${x}")))
                        .description("It's: a #test")
                        .tags(java.util.Map.of("team", "a b")));
        var before = lambda.sdk().getFunctionConfiguration(r -> r.functionName(name));

        hearth.orFail("export", name, "--output", "out");
        Command adopted = hearth.run("deploy", "out", "--stack", stack);
        assertThat(adopted.exit()).isEqualTo(3);
        assertThat(adopted.output()).contains("hearth:stack: none → " + stack).contains("1 resource that exists");
        hearth.orFail("deploy", "out", "--stack", stack, "--yes");

        var after = lambda.sdk().getFunctionConfiguration(r -> r.functionName(name));
        assertThat(after).hasToString(before.toString());
        assertThat(after.environment().variables())
                .isEqualTo(before.environment().variables());
        assertThat(hearth.orFail("deploy", "out", "--stack", stack)).contains("nothing to change");
    }

    /// The template is what `serverless package` (3.40) wrote of a service with a URL, a schedule and an HTTP API.
    @Test
    void serviceOfTheServerlessFrameworkIsDeployedFromItsPackage() throws Exception {
        Path service = directory.resolve("service");
        HearthCli inService = new HearthCli(server.endpoint(), Files.createDirectories(service.resolve(".serverless")));
        String template = Files.readString(Path.of("src/test/resources/sam/serverless-package.json"))
                .replace("nodejs20.x", Toolchain.nodeRuntime())
                .replace("shop-dev", stack);
        write("service/.serverless/cloudformation-template-update-stack.json", template);
        write("service/serverless.yml", "service: shop\n");
        Files.write(
                service.resolve(".serverless/shop.zip"),
                Code.of("handler.js", "exports.hello = async () => 'hello';\n")
                        .with("orders.js", "exports.handler = async () => process.env.TABLE;\n")
                        .zip());

        String output = inService.run("deploy", "..", "--stack", stack).orFail().output();

        assertThat(output)
                .contains("+ HelloLambdaFunction: function " + stack + "-hello")
                .contains("OrdersEventsRuleSchedule1 (AWS::Events::Rule): ")
                .contains("HttpApi (AWS::ApiGatewayV2::Api): ")
                .contains(stack + ": 8 changes made");
        assertThat(call(stack + "-orders")).isEqualTo("\"orders-dev\"");
        assertThat(getUrl(output)).isEqualTo("hello");
    }
}
