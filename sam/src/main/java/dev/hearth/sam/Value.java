package dev.hearth.sam;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value of a template, and the line it stands on, counted from 1.
public sealed interface Value {
    int line();

    /// What kind of scalar the text was written as.
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        NULL
    }

    /// Text, a number, `true` or `false`, or nothing. Numbers keep the form they were written in, as CloudFormation
    /// keeps it where text is wanted.
    record Scalar(int line, String text, Kind kind) implements Value {
        static Scalar text(int line, String text) {
            return new Scalar(line, text, Kind.TEXT);
        }
    }

    /// A list.
    record Sequence(int line, List<Value> items) implements Value {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// Entries in the order they were written.
    record Mapping(int line, Map<String, Value> entries) implements Value {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        static Mapping of(int line, String key, Value value) {
            return new Mapping(line, Map.of(key, value));
        }

        Optional<Value> get(String key) {
            return Optional.ofNullable(entries.get(key)).filter(value -> !value.isNull());
        }

        /// A member as a mapping; an empty one where there is none.
        Mapping mapping(String key) {
            return get(key).map(value -> value.asMapping("'" + key + "'")).orElseGet(() -> new Mapping(line, Map.of()));
        }

        Optional<String> text(String key) {
            return get(key).map(value -> value.asText("'" + key + "'"));
        }
    }

    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.kind() == Kind.NULL;
    }

    /// @param what what this is, for the message
    default Mapping asMapping(String what) {
        if (this instanceof Mapping mapping) {
            return mapping;
        }
        throw new TemplateException(line(), what + " must be a mapping, not " + describe());
    }

    default List<Value> asList(String what) {
        if (this instanceof Sequence sequence) {
            return sequence.items();
        }
        throw new TemplateException(line(), what + " must be a list, not " + describe());
    }

    default String asText(String what) {
        if (this instanceof Scalar scalar && scalar.kind() != Kind.NULL) {
            return scalar.text();
        }
        throw new TemplateException(line(), what + " must be text, not " + describe());
    }

    default long asNumber(String what) {
        if (this instanceof Scalar scalar) {
            try {
                return Long.parseLong(scalar.text());
            } catch (NumberFormatException e) {
                // Said below, with the line.
            }
        }
        throw new TemplateException(line(), what + " must be a whole number, not " + describe());
    }

    default BigDecimal asDecimal(String what) {
        if (this instanceof Scalar scalar) {
            try {
                return new BigDecimal(scalar.text());
            } catch (NumberFormatException e) {
                // Said below, with the line.
            }
        }
        throw new TemplateException(line(), what + " must be a number, not " + describe());
    }

    /// The value in a few words, for messages.
    default String describe() {
        return switch (this) {
            case Scalar scalar when scalar.kind() == Kind.NULL -> "nothing";
            case Scalar scalar -> "'" + scalar.text() + "'";
            case Sequence sequence -> "a list";
            case Mapping mapping
            when Intrinsic.of(mapping).isPresent() ->
                "!" + mapping.entries().keySet().iterator().next().replace("Fn::", "");
            case Mapping mapping -> "a mapping";
        };
    }

    /// As plain Java values: [Map], [List], [String], [Long], [Boolean], null. Numbers that are not whole are text.
    default @Nullable Object plain() {
        return switch (this) {
            case Scalar scalar -> plain(scalar);
            case Sequence sequence -> {
                var list = new ArrayList<@Nullable Object>();
                sequence.items().forEach(item -> list.add(item.plain()));
                yield list;
            }
            case Mapping mapping -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                mapping.entries().forEach((key, value) -> map.put(key, value.plain()));
                yield map;
            }
        };
    }

    private static @Nullable Object plain(Scalar scalar) {
        return switch (scalar.kind()) {
            case TEXT -> scalar.text();
            case FLAG -> scalar.text().equals("true");
            case NULL -> null;
            case NUMBER -> scalar.text().matches("-?\\d{1,18}") ? (Object) Long.valueOf(scalar.text()) : scalar.text();
        };
    }
}
