package dev.hearth.sam;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// A resource of the Lambda API that a stack has: one of the template, or one that SAM makes of one of the template.
///
/// @param id         the logical id
/// @param properties not evaluated yet; with the Globals in them
/// @param dependsOn  logical ids that must be made before, beside those that the properties refer to
public record Resource(String id, Type type, int line, Value.Mapping properties, Set<String> dependsOn) {

    /// What Hearth can make.
    public enum Type {
        LAYER("AWS::Lambda::LayerVersion"),
        FUNCTION("AWS::Lambda::Function"),
        VERSION("AWS::Lambda::Version"),
        ALIAS("AWS::Lambda::Alias"),
        URL("AWS::Lambda::Url"),
        EVENT_INVOKE("AWS::Lambda::EventInvokeConfig"),
        PERMISSION("AWS::Lambda::Permission");

        private final String awsName;

        Type(String awsName) {
            this.awsName = awsName;
        }

        /// As templates name it.
        public String awsName() {
            return awsName;
        }

        static Optional<Type> named(String name) {
            return Arrays.stream(values())
                    .filter(type -> type.awsName.equals(name))
                    .findFirst();
        }
    }

    public Resource {
        dependsOn = Set.copyOf(dependsOn);
    }
}
