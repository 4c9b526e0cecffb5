package dev.hearth.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void writeCode() throws IOException {
        for (String name : List.of("hello", "layer")) {
            Files.createDirectory(directory.resolve(name));
        }
    }

    /// The golden file shows all that a template becomes: `shop.yaml` has every kind of resource and most of what is
    /// ignored.
    @Test
    void templateBecomesWhatTheGoldenFileSays() {
        Stack stack = stack(Golden.text("shop.yaml"), Map.of("Secret", "hush"));

        assertThat(shown(stack)).isEqualTo(Golden.text("shop.txt"));
    }

    private String shown(Stack stack) {
        var text = new StringBuilder();
        References made = (id, attribute) ->
                Optional.of("<" + id + attribute.map(a -> "." + a).orElse("") + ">");
        var ignored = new ArrayList<>(stack.ignored());
        for (Resource resource : stack.resources()) {
            Evaluated evaluated = stack.evaluate(resource, made);
            text.append(resource.id())
                    .append(" (")
                    .append(resource.type().awsName())
                    .append(")\n");
            fields(evaluated.spec())
                    .forEach(line -> text.append("    ").append(line).append('\n'));
            evaluated
                    .standIns()
                    .forEach(s -> text.append("    stand-in, line ")
                            .append(s.line())
                            .append(": ")
                            .append(s.reference())
                            .append(" = ")
                            .append(s.value())
                            .append('\n'));
            ignored.addAll(evaluated.ignored());
        }
        List<Output> outputs = stack.outputs(made, ignored);
        text.append("Outputs\n");
        outputs.forEach(o -> text.append("    ")
                .append(o.name())
                .append(" = ")
                .append(o.value())
                .append('\n'));
        text.append("Ignored\n");
        ignored.forEach(i -> text.append("    line ")
                .append(i.line())
                .append(": ")
                .append(i.what())
                .append(": ")
                .append(i.why())
                .append('\n'));
        return text.toString();
    }

    private List<String> fields(Spec spec) {
        var lines = new ArrayList<String>();
        for (var component : spec.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                Object value = component.getAccessor().invoke(spec);
                if (value instanceof Map<?, ?> map) {
                    map.entrySet().stream()
                            .map(e -> component.getName() + "." + e.getKey() + " = " + e.getValue())
                            .sorted()
                            .forEach(lines::add);
                } else {
                    lines.add(component.getName() + " = " + value);
                }
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(component.getName(), e);
            }
        }
        return lines.stream()
                .map(line -> line.replace(directory.toString(), "DIR"))
                .toList();
    }

    private Stack stack(String text, Map<String, String> parameters) {
        return Stack.of(
                Template.of(text, directory),
                new Inputs(
                        "shop", "aws", "us-east-1", "123456789012", parameters, Map.of("Elsewhere.Endpoint", "given")));
    }

    private static String function(String... properties) {
        return """
                Transform: AWS::Serverless-2016-10-31
                Resources:
                  Hello:
                    Type: AWS::Serverless::Function
                    Properties:
                      CodeUri: hello
                      Handler: app.handler
                      Runtime: python3.13
                """
                + String.join(
                        "",
                        java.util.Arrays.stream(properties)
                                .map(p -> "      " + p + "\n")
                                .toList());
    }

    private Spec.Function only(String text) {
        Stack stack = stack(text, Map.of());
        return (Spec.Function) stack.evaluate(stack.resources().getFirst(), (id, attribute) -> Optional.of(id))
                .spec();
    }

    @Test
    void functionWithoutANameIsCalledAfterStackAndLogicalId() {
        assertThat(only(function()).name()).isEqualTo("shop-Hello");
        assertThat(only(function("FunctionName: mine")).name()).isEqualTo("mine");
    }

    @Test
    void nameThatWouldBeTooLongIsCutAndStaysOneOfItsKind() {
        var inputs = new Inputs("s".repeat(40), "aws", "us-east-1", "123456789012", Map.of(), Map.of());

        assertThat(inputs.nameOf("x".repeat(23))).hasSize(64).endsWith("xx");
        assertThat(inputs.nameOf("x".repeat(24))).hasSize(64).isNotEqualTo(inputs.nameOf("x".repeat(25)));
    }

    @Test
    void numbersInTheEnvironmentKeepTheFormTheyWereWrittenIn() {
        Spec.Function function = only(function("Environment: { Variables: { A: 010, B: 1.50, C: True, D: '' } }"));

        assertThat(function.settings().get("Environment"))
                .isEqualTo(Map.of("Variables", Map.of("A", "010", "B", "1.50", "C", "true", "D", "")));
    }

    @Test
    void inlineCodeIsAFileNamedForItsRuntime() {
        String text = function("InlineCode: 'def handler(e, c): return 1'").replace("CodeUri: hello", "Description: x");

        assertThat(only(text).code()).isEqualTo(new Spec.Code.Inline("index.py", "def handler(e, c): return 1"));
        assertThat(only(text.replace("python3.13", "nodejs22.x")).code())
                .isEqualTo(new Spec.Code.Inline("index.js", "def handler(e, c): return 1"));
    }

    @Test
    void conditionDecidesWhetherAResourceIsThere() {
        String text = function()
                + "    Condition: Wanted\nConditions:\n  Wanted: !Equals [!Ref W, 'yes']\nParameters:\n  W: { Type: String }\n";

        assertThat(stack(text, Map.of("W", "yes")).resources()).hasSize(1);
        assertThat(stack(text, Map.of("W", "no")).resources()).isEmpty();
    }

    @Test
    void resourcesComeAfterWhatTheyReferTo() {
        String text = """
                Resources:
                  A:
                    Type: AWS::Lambda::Function
                    Properties: { Role: !GetAtt B.Arn, Description: !If [Never, !Ref A, no] }
                  B:
                    Type: AWS::Lambda::Function
                    DependsOn: [C]
                  C:
                    Type: AWS::Lambda::Function
                    Properties: { Description: !Sub 'see ${L}' }
                  L:
                    Type: AWS::Lambda::LayerVersion
                Conditions: { Never: !Equals [a, b] }
                """;

        assertThat(stack(text, Map.of()).resources()).extracting(Resource::id).containsExactly("L", "C", "B", "A");
    }

    @Test
    void circleIsRefusedByTheNamesInIt() {
        refused(
                """
                Resources:
                  A: { Type: AWS::Lambda::Function, Properties: { Description: !Ref B } }
                  B: { Type: AWS::Lambda::Function, Properties: { Description: !Ref A } }
                """,
                2,
                "resources depend on each other in a circle: A → B → A; break it, for example with a FunctionName in place of a reference");
    }

    @Test
    void codeInS3IsTakenFromBesideTheTemplate() throws IOException {
        Files.write(directory.resolve("shop.zip"), new byte[1]);
        for (String code : List.of(
                "Code: { S3Bucket: !Ref Bucket, S3Key: serverless/shop/dev/1-2/shop.zip }",
                "Code: s3://bucket/shop.zip")) {
            String text = """
                    Resources:
                      Bucket: { Type: AWS::S3::Bucket }
                      A: { Type: AWS::Lambda::Function, Properties: { Runtime: python3.13, Handler: a.b, %s } }
                    """.formatted(code);

            assertThat(shown(stack(text, Map.of()))).contains("shop.zip");
            String refusal = "A: CodeUri is in S3, which is not read from here: put %s beside the template,"
                    + " or run `sam build` and deploy .aws-sam/build/template.yaml";
            refused(text.replace("shop.zip", "other.zip"), 3, refusal.formatted("'other.zip'"));
            refused(text.replace("shop.zip", ".."), 3, refusal.formatted("'..'"));
        }
    }

    @Test
    void nameThatASubGivesItselfRefersToNoResource() {
        String text = """
                Resources:
                  A: { Type: AWS::Lambda::Function, Properties: { Description: !Sub ['${B}', { B: b }] } }
                  B: { Type: AWS::Lambda::Function, Properties: { Description: !Ref A } }
                """;

        assertThat(stack(text, Map.of()).resources()).extracting(Resource::id).containsExactly("A", "B");
    }

    @Test
    void refusalsNameLineResourceAndRemedy() {
        refused(
                function("Layers: [!Ref Helo]"),
                9,
                "Hello: there is no parameter or resource 'Helo' to refer to: did you mean 'Hello'?");
        refused(
                function().replace("CodeUri: hello", "CodeUri: nowhere/"),
                6,
                "Hello: CodeUri 'nowhere/' is not there: no " + directory.resolve("nowhere")
                        + "; correct the path, or build it (`sam build`)");
        refused(function().replace("Handler: app.handler", "Description: x"), 6, "Hello: Handler is missing");
        refused(function("MemorySize: big"), 9, "Hello: MemorySize must be a whole number, not 'big'");
        refused(function("Description: !Sub []"), 9, "the argument of !Sub must be text, not a list");
        refused("""
                Resources:
                  Live:
                    Type: AWS::Lambda::Alias
                    Properties:
                      FunctionName: hello
                      Name: live
                      FunctionVersion: 1
                      RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: 2, FunctionWeight: half }] }
                """, 8, "Live: FunctionWeight must be a number, not 'half'");
        refused(
                function("ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 }"),
                4,
                "Hello: ProvisionedConcurrencyConfig needs AutoPublishAlias: name the alias that has it");
        refused("Resource: {}\n", 1, "a template has no section 'Resource': did you mean 'Resources'?");
        refused("Description: x\n", 1, "the template has no Resources: it is none of SAM or CloudFormation");
        refused(
                function().replace("Transform: AWS::Serverless-2016-10-31", "Description: x"),
                4,
                "AWS::Serverless::Function needs the line `Transform: AWS::Serverless-2016-10-31` at the top of the template");
        refused(
                function() + "    DependsOn: Helo\n",
                4,
                "Hello: DependsOn names 'Helo', which the template does not have: did you mean 'Hello'?");
    }

    private void refused(String text, int line, String message) {
        assertThatThrownBy(() -> {
                    Stack stack = stack(text, Map.of());
                    stack.resources().forEach(resource -> stack.evaluate(resource, (id, attribute) -> Optional.of(id)));
                })
                .isInstanceOf(TemplateException.class)
                .hasMessage(message)
                .satisfies(e -> assertThat(((TemplateException) e).line()).isEqualTo(line));
    }

    @Test
    void fiveHundredResourcesAreReadAndOneMoreIsRefused() {
        String most = "Resources:\n"
                + ""
                        .concat(String.join(
                                "",
                                java.util.stream.IntStream.range(0, 500)
                                        .mapToObj(i -> "  T" + i + ": { Type: AWS::SNS::Topic }\n")
                                        .toList()));

        assertThat(stack(most, Map.of()).ignored()).hasSize(500);
        assertThatThrownBy(() -> stack(most + "  More: { Type: AWS::SNS::Topic }\n", Map.of()))
                .hasMessageContaining("AWS's limit is 500");
    }
}
