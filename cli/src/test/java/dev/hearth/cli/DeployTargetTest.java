package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployTargetTest {
    private static final String SAM = "Resources:\n  A:\n    Type: AWS::Serverless::Function\n";

    @TempDir
    private Path directory;

    private Path write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private DeployTarget.Target target(Path path, String... given) {
        return new DeployTarget(Set.of(given), name -> false).of(Optional.of(path), Optional.empty());
    }

    private static DeployTarget.Target function(Path code) {
        return new DeployTarget.Function(code, Optional.empty());
    }

    private static DeployTarget.Target template(Path file) {
        return new DeployTarget.Template(file);
    }

    @Test
    void fileNamedAsATemplateIsOne() throws IOException {
        for (String name : new String[] {"t.yaml", "t.yml", "t.json", "T.YAML", "packaged.template"}) {
            assertThat(target(directory.resolve(name))).isEqualTo(template(directory.resolve(name)));
        }
        assertThat(target(directory.resolve("code.zip"))).isEqualTo(function(directory.resolve("code.zip")));
    }

    @Test
    void directoryMeansTheTemplateInIt() throws IOException {
        Path file = write("template.yml", SAM);

        assertThat(target(directory)).isEqualTo(template(file));
        assertThat(target(directory, "--dry-run", "--endpoint")).isEqualTo(template(file));
    }

    @Test
    void templateInJsonIsFoundAsWell() throws IOException {
        Path file = write("template.json", "{\"Resources\": {\"A\": {\"Type\": \"AWS::Lambda::Function\"}}}");

        assertThat(target(directory)).isEqualTo(template(file));
    }

    @Test
    void whatSamBuiltComesBeforeWhatWasWritten() throws IOException {
        Path source = write("template.yaml", SAM);
        Path built = write(".aws-sam/build/template.yaml", SAM);

        assertThat(target(directory)).isEqualTo(template(built));
        assertThat(target(source)).isEqualTo(template(source));
        assertThat(TemplateFile.project(built)).isEqualTo(directory);
        Files.setLastModifiedTime(built, FileTime.fromMillis(0));
        assertThat(TemplateFile.staleness(built))
                .hasValueSatisfying(
                        note -> assertThat(note).startsWith("template.yaml is newer than the last `sam build`"));
        assertThat(TemplateFile.staleness(source)).isEmpty();
    }

    @Test
    void projectOfTheServerlessFrameworkIsDeployedAsItWasPackaged() throws IOException {
        Path source = write("serverless.yml", "service: shop\n");
        assertThatThrownBy(() -> target(directory))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("run `serverless package`");
        assertThat(target(directory, "--handler")).isEqualTo(function(directory));
        Path packaged = write(
                ".serverless/cloudformation-template-update-stack.json",
                "{\"Resources\": {\"A\": {\"Type\": \"AWS::Lambda::Function\"}}}");

        assertThat(target(directory)).isEqualTo(template(packaged));
        assertThat(TemplateFile.project(packaged)).isEqualTo(directory);
        assertThat(TemplateFile.staleness(packaged)).isEmpty();
        Files.setLastModifiedTime(packaged, FileTime.fromMillis(0));
        assertThat(TemplateFile.staleness(packaged))
                .hasValueSatisfying(note -> assertThat(note)
                        .startsWith(source.getFileName() + " is newer than the last `serverless package`"));
    }

    @Test
    void fileOfThatNameWithoutLambdaResourcesIsPartOfTheCode() throws IOException {
        write("template.yaml", "title: Letter\nType: AWS\n");

        assertThat(target(directory)).isEqualTo(function(directory));
    }

    @Test
    void optionForASingleFunctionMakesADirectoryItsCode() throws IOException {
        write("template.yaml", SAM);

        assertThat(target(directory, "--handler")).isEqualTo(function(directory));
    }

    @Test
    void directoryThatWasDeployedAsAFunctionStaysOne() throws IOException {
        Path file = write("template.yaml", SAM);
        String name = CodePackage.nameOf(directory);
        var byHand = new DeployTarget(Set.of(), name::equals);

        DeployTarget.Target target = byHand.of(Optional.of(directory), Optional.empty());

        assertThat(target)
                .isInstanceOfSatisfying(
                        DeployTarget.Function.class,
                        function -> assertThat(function.note())
                                .hasValueSatisfying(note -> assertThat(note).endsWith("hearth deploy " + file)));
        assertThat(byHand.of(Optional.empty(), Optional.of(file))).isEqualTo(template(file));
        assertThat(new DeployTarget(Set.of("--yes"), name::equals).of(Optional.of(directory), Optional.empty()))
                .isEqualTo(template(file));
    }

    @Test
    void optionsOfTheOtherKindAreRefusedByName() throws IOException {
        Path file = write("t.yaml", SAM);
        Files.createDirectory(directory.resolve("code"));

        assertThatThrownBy(() -> target(file, "--memory", "--env"))
                .hasMessage("--env, --memory is for a single function: set it in the template.");
        assertThatThrownBy(() -> target(directory.resolve("code"), "--prune"))
                .hasMessageStartingWith("--prune is for SAM templates, and ");
        assertThatThrownBy(() -> new DeployTarget(Set.of(), name -> false).of(Optional.empty(), Optional.empty()))
                .hasMessageStartingWith("Name what to deploy");
        assertThatThrownBy(() -> new DeployTarget(Set.of(), name -> false).of(Optional.of(file), Optional.of(file)))
                .hasMessage("Name the template with --template or as PATH, not both.");
    }

    @Test
    void stackIsNamedAfterTheDirectory() {
        assertThat(TemplateFile.stackName(Path.of("/home/ada/my_shop.v2"))).isEqualTo("my-shop-v2");
        assertThat(TemplateFile.stackName(Path.of("/home/ada/2nd"))).isEqualTo("nd");
    }
}
