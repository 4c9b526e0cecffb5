package dev.hearth.sam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Reads YAML, and with it JSON, into [Value]s. The short form of a function (`!Sub`) becomes its long form, so that
/// nothing else has to know both.
final class YamlReader {
    /// AWS's limit for a template.
    static final int MAX_CHARACTERS = 1_000_000;

    /// Aliases can make a small file a huge value.
    private static final int MAX_VALUES = 100_000;
    private static final int MAX_DEPTH = 100;

    private int values;

    private YamlReader() {}

    static Value read(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new TemplateException(0, "the template is larger than 1 MB, which is AWS's limit: split it");
        }
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setCodePointLimit(MAX_CHARACTERS)
                .setMaxAliasesForCollections(MAX_VALUES)
                .build();
        try {
            Node root = new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() -> new TemplateException(1, "the file is empty"));
            return new YamlReader().value(root, 0);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new TemplateException(line, "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new TemplateException(0, "this is not YAML: " + e.getMessage());
        }
    }

    private Value value(Node node, int depth) {
        if (++values > MAX_VALUES || depth > MAX_DEPTH) {
            throw new TemplateException(
                    line(node), "the template has too many values or nests too deep, perhaps by its aliases");
        }
        String tag = node.getTag().getValue();
        if (tag.startsWith("!") && tag.length() > 1) {
            return call(node, tag, depth);
        }
        return data(node, depth);
    }

    private Value data(Node node, int depth) {
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence ->
                new Value.Sequence(
                        line(node),
                        sequence.getValue().stream()
                                .map(item -> value(item, depth + 1))
                                .toList());
            case MappingNode mapping -> mapping(mapping, depth);
            default -> throw new TemplateException(line(node), "this cannot stand in a template");
        };
    }

    private Value.Mapping call(Node node, String tag, int depth) {
        String key = Intrinsic.keyOfTag(tag)
                .orElseThrow(() -> new TemplateException(
                        line(node),
                        tag + " is no function of CloudFormation; Hearth knows "
                                + String.join(", ", Intrinsic.tags())));
        Value argument = node instanceof ScalarNode scalar
                ? Value.Scalar.text(line(node), scalar.getValue())
                : data(node, depth + 1);
        return Value.Mapping.of(line(node), key, argument);
    }

    private Value mapping(MappingNode node, int depth) {
        var entries = new LinkedHashMap<String, Value>();
        var merged = new ArrayList<Value>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                throw new TemplateException(line(tuple.getKeyNode()), "a key must be text");
            }
            String key = keyNode.getValue();
            Value value = value(tuple.getValueNode(), depth + 1);
            if (key.equals("<<") && keyNode.isPlain()) {
                merged.add(value);
            } else if (entries.put(key, value) != null) {
                throw new TemplateException(line(keyNode), "'" + key + "' is there twice: keep one of them");
            }
        }
        merged.forEach(value -> merge(entries, value));
        return new Value.Mapping(line(node), entries);
    }

    /// YAML's merge key: what is there already stays.
    private static void merge(Map<String, Value> entries, Value value) {
        List<Value> sources = value instanceof Value.Sequence sequence ? sequence.items() : List.of(value);
        for (Value source : sources) {
            source.asMapping("'<<'").entries().forEach(entries::putIfAbsent);
        }
    }

    private static Value.Scalar scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return new Value.Scalar(line(node), "", Value.Kind.NULL);
        }
        if (tag.equals(Tag.BOOL)) {
            return new Value.Scalar(line(node), text.toLowerCase(java.util.Locale.ROOT), Value.Kind.FLAG);
        }
        boolean number = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
        return new Value.Scalar(line(node), text, number ? Value.Kind.NUMBER : Value.Kind.TEXT);
    }

    private static int line(Node node) {
        return Optional.of(node)
                .flatMap(Node::getStartMark)
                .map(mark -> mark.getLine() + 1)
                .orElse(0);
    }
}
