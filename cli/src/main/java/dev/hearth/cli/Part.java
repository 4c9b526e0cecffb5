package dev.hearth.cli;

import dev.hearth.sam.Spec;
import java.util.Optional;

/// Something that a stack made of a function of its own beside the function, as its tag keeps it.
///
/// @param function the function's name
/// @param name     what the server knows it by: an alias, a version, a statement; the qualifier of a URL or of
///                 settings, empty for none; a statement with a qualifier has it behind a blank
record Part(String function, Kind kind, String name) {
    enum Kind {
        VERSION,
        ALIAS,
        URL,
        INVOKE,
        PERMISSION
    }

    /// Reads the value of a tag; empty where it is none of ours.
    static Optional<Part> parse(String function, String tag) {
        String[] words = tag.split(" ", 2);
        for (Kind kind : Kind.values()) {
            if (words[0].equals(kind.name().toLowerCase(java.util.Locale.ROOT))) {
                return Optional.of(new Part(function, kind, words.length > 1 ? words[1] : ""));
            }
        }
        return Optional.empty();
    }

    /// The part that a resource is; empty for functions and layers, and for versions that follow an alias, which stay.
    ///
    /// @param version the version's number, for a version
    static Optional<Part> of(Spec spec, String version) {
        return switch (spec) {
            case Spec.Function function -> Optional.empty();
            case Spec.Layer layer -> Optional.empty();
            case Spec.Version v ->
                v.alias().isPresent() ? Optional.empty() : Optional.of(new Part(v.function(), Kind.VERSION, version));
            case Spec.Alias alias -> Optional.of(new Part(alias.function(), Kind.ALIAS, alias.name()));
            case Spec.Url url ->
                Optional.of(new Part(url.function(), Kind.URL, url.qualifier().orElse("")));
            case Spec.EventInvoke invoke ->
                Optional.of(new Part(
                        invoke.function(), Kind.INVOKE, invoke.qualifier().replace("$LATEST", "")));
            case Spec.Permission permission ->
                Optional.of(new Part(
                        permission.function(),
                        Kind.PERMISSION,
                        (permission.statementId() + " " + permission.qualifier().orElse("")).strip()));
        };
    }

    String tag() {
        return (kind.name().toLowerCase(java.util.Locale.ROOT) + " " + name).strip();
    }

    void delete(StackContext context) {
        Optional<String> qualifier = Optional.of(name).filter(n -> !n.isEmpty());
        try {
            switch (kind) {
                case VERSION -> context.lambda().delete(function, qualifier);
                case ALIAS -> context.api().deleteAlias(function, name);
                case URL -> context.api().deleteUrl(function, qualifier);
                case INVOKE -> context.api().deleteEventInvoke(function, qualifier.orElse("$LATEST"));
                case PERMISSION -> {
                    String[] words = name.split(" ", 2);
                    Optional<String> of = words.length > 1 ? Optional.of(words[1]) : Optional.empty();
                    context.api().removePermission(function, of, words[0]);
                }
            }
        } catch (RefusedByServer e) {
            // Somebody else has deleted it already, which is what was wanted.
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
