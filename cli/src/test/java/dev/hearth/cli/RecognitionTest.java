package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecognitionTest {
    private static final ClassDesc REQUEST_HANDLER =
            ClassDesc.of("com.amazonaws.services.lambda.runtime.RequestHandler");

    /// Files in memory.
    private record Tree(Map<String, byte[]> files, boolean executable) implements CodeTree {
        static Tree of(String path, String text) {
            return new Tree(Map.of(path, text.getBytes(StandardCharsets.UTF_8)), true);
        }

        @Override
        public List<String> paths() {
            return List.copyOf(new TreeMap<>(files).keySet());
        }

        @Override
        public byte[] read(String path) {
            return FakeHearth.of(files, path);
        }

        @Override
        public boolean isExecutable(String path) {
            return executable;
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "lambda_function.py, \"def lambda_handler(event, context):\", lambda_function.lambda_handler",
                "app.py, \"async def handler(e, c):\", app.handler",
                "app.py, handler = Mangum(app), app.handler",
                "index.mjs, export const handler = async (event) => 1, index.handler",
                "index.js, export async function handler(event) {}, index.handler",
                "index.js, exports.handler = async () => 1, index.handler",
                "index.js, \"module.exports = { a, handler }\", index.handler",
                "index.cjs, module.exports.handler = f, index.handler",
                "app.mjs, \"const lambdaHandler = 1; export { lambdaHandler };\", app.lambdaHandler",
            })
    void handlerIsFoundInScripts(String file, String text, String handler) {
        Recognition recognition = Recognition.of(Tree.of(file, text));

        assertThat(recognition.obvious(Optional.empty()))
                .hasValueSatisfying(c -> assertThat(c.handler()).isEqualTo(handler));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "app.py, \"    def handler(self):\"",
                "app.py, if handler == 1: pass",
                "index.js, const handler = 1",
                "lib/app.py, def handler(event):",
            })
    void nothingIsFoundWhereNothingIsExported(String file, String text) {
        assertThat(Recognition.of(Tree.of(file, text)).candidates()).isEmpty();
    }

    @Test
    void bootstrapIsACustomRuntime() {
        Recognition recognition = Recognition.of(Tree.of("bootstrap", "#!/bin/sh"));

        assertThat(recognition.obvious(Optional.empty()))
                .hasValueSatisfying(c -> assertThat(c.family()).isEqualTo(Family.PROVIDED));
    }

    @Test
    void bootstrapThatIsNotExecutableIsRefused() {
        var tree = new Tree(Map.of("bootstrap", new byte[0]), false);

        assertThatThrownBy(() -> Recognition.of(tree)).hasMessageContaining("chmod +x bootstrap");
    }

    @Test
    void classThatImplementsRequestHandlerThroughItsSuperclassIsFound() {
        var base = ClassDesc.of("com.example.Base");
        byte[] baseClass = ClassFile.of()
                .build(
                        base,
                        c -> c.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_ABSTRACT)
                                .withInterfaceSymbols(REQUEST_HANDLER));
        byte[] orders = ClassFile.of()
                .build(
                        ClassDesc.of("com.example.Orders"),
                        c -> c.withFlags(ClassFile.ACC_PUBLIC).withSuperclass(base));
        var tree = new Tree(Map.of("com/example/Base.class", baseClass, "com/example/Orders.class", orders), true);

        assertThat(Recognition.of(tree).candidates())
                .extracting(Candidate::handler)
                .containsExactly("com.example.Orders::handleRequest");
    }

    @Test
    void usualNameWinsOverOthers() {
        var tree = new Tree(
                Map.of(
                        "helper.py", "def handler(e, c):".getBytes(StandardCharsets.UTF_8),
                        "lambda_function.py", "def lambda_handler(e, c):".getBytes(StandardCharsets.UTF_8)),
                true);

        assertThat(Recognition.of(tree).obvious(Optional.empty()))
                .hasValueSatisfying(c -> assertThat(c.handler()).isEqualTo("lambda_function.lambda_handler"));
    }

    @Test
    void programWithAnotherNameIsToldToBeCalledBootstrap() {
        var tree = new Tree(Map.of("main", new byte[] {0x7f, 'E', 'L', 'F', 2}), true);

        assertThat(Recognition.of(tree).hint()).hasValue("The program 'main' must be named 'bootstrap' to be run.");
    }

    @Test
    void javaSourceIsToldToBeBuilt() {
        assertThat(Recognition.of(Tree.of("pom.xml", "<project/>")).hint())
                .hasValueSatisfying(hint -> assertThat(hint).contains("deploy the jar"));
    }
}
