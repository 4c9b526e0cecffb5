package dev.hearth.identity;

import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Writes the XML of AWS's query protocol: elements and text, without the rest of XML.
final class Xml {
    private final StringBuilder out = new StringBuilder(512);

    Xml element(String name, Consumer<Xml> content) {
        out.append('<').append(name).append('>');
        content.accept(this);
        out.append("</").append(name).append('>');
        return this;
    }

    /// The outermost element, which names the service's version.
    Xml root(String name, String namespace, Consumer<Xml> content) {
        out.append('<').append(name).append(" xmlns=\"").append(namespace).append("\">");
        content.accept(this);
        out.append("</").append(name).append('>');
        return this;
    }

    Xml text(String name, Object value) {
        return element(name, xml -> xml.escaped(value.toString()));
    }

    /// Absent where it is empty.
    Xml text(String name, Optional<?> value) {
        value.ifPresent(present -> text(name, present));
        return this;
    }

    /// A list as AWS writes it: each element a `member`.
    <T> Xml members(String name, Collection<T> values, BiConsumer<Xml, T> member) {
        return element(name, list -> values.forEach(value -> list.element("member", xml -> member.accept(xml, value))));
    }

    Xml escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\t', '\n' -> out.append(c);
                case '\r' -> out.append("&#xD;");
                default -> out.append(isXml(c) ? c : '\uFFFD');
            }
        }
        return this;
    }

    /// XML 1.0 cannot hold the others, not even escaped. Pairs of surrogates pass as they are.
    private static boolean isXml(char c) {
        return c >= 0x20 && c != 0xFFFE && c != 0xFFFF;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
