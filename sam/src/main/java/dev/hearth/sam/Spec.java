package dev.hearth.sam;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a resource must be like, in the terms of the Lambda API. What the template does not say has AWS's default.
public sealed interface Spec {

    /// A function.
    ///
    /// @param settings fields of CreateFunction, all that a template can set; absent where AWS shows none
    /// @param reserved the reserved concurrency; empty for none
    record Function(
            String name, Code code, Map<String, Object> settings, Map<String, String> tags, OptionalLong reserved)
            implements Spec {
        public Function {
            settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            tags = Map.copyOf(tags);
        }

        @Override
        public String toString() {
            return "Function[" + name + "]";
        }
    }

    /// A version of a layer.
    record Layer(
            String name,
            Path content,
            String description,
            List<String> runtimes,
            List<String> architectures,
            Optional<String> license)
            implements Spec {
        public Layer {
            runtimes = List.copyOf(runtimes);
            architectures = List.copyOf(architectures);
        }
    }

    /// A published version.
    ///
    /// @param alias         the alias that follows the code (`AutoPublishAlias`); empty for one that is
    ///                      published once
    /// @param allProperties whether a change of settings publishes too, not only one of the code
    record Version(String function, String description, Optional<String> alias, boolean allProperties)
            implements Spec {}

    /// An alias.
    ///
    /// @param weights     share of the calls by other version
    /// @param provisioned the provisioned concurrency; empty for none
    record Alias(
            String function,
            String name,
            String version,
            String description,
            Map<String, Object> weights,
            OptionalLong provisioned)
            implements Spec {
        public Alias {
            weights = Map.copyOf(weights);
        }
    }

    /// A function URL.
    ///
    /// @param settings fields of CreateFunctionUrlConfig
    record Url(String function, Optional<String> qualifier, Map<String, Object> settings) implements Spec {
        public Url {
            settings = Map.copyOf(settings);
        }
    }

    /// What becomes of asynchronous invocations.
    ///
    /// @param settings fields of PutFunctionEventInvokeConfig
    record EventInvoke(String function, String qualifier, Map<String, Object> settings) implements Spec {
        public EventInvoke {
            settings = Map.copyOf(settings);
        }
    }

    /// A statement of a function's policy.
    ///
    /// @param fields those of AddPermission
    record Permission(String function, Optional<String> qualifier, String statementId, Map<String, Object> fields)
            implements Spec {
        public Permission {
            fields = Map.copyOf(fields);
        }
    }

    /// Where a function's code is.
    sealed interface Code {
        /// A directory, zip or jar that exists.
        record Local(Path path) implements Code {}

        /// One file, its text in the template.
        record Inline(String file, String text) implements Code {
            @Override
            public String toString() {
                return "Inline[" + file + ", " + text.length() + " characters]";
            }
        }
    }
}
