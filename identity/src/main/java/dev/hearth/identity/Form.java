package dev.hearth.identity;

import dev.hearth.http.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters of a request in AWS's query protocol, such as `Tags.member.1.Key=a`.
record Form(Map<String, String> parameters) {

    /// @param encoded of the body or of the query, as forms are
    static Form parse(String encoded) {
        var parameters = new LinkedHashMap<String, String>();
        for (Query.Parameter parameter :
                Query.parse(encoded.replace("+", "%20")).parameters()) {
            parameters.put(parameter.name(), parameter.value());
        }
        return new Form(parameters);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    String text(String name, String byDefault) {
        return parameters.getOrDefault(name, byDefault);
    }

    /// The elements of a list of texts.
    List<String> texts(String name) {
        var texts = new ArrayList<String>();
        for (int i = 1; parameters.containsKey(member(name, i)); i++) {
            texts.add(text(member(name, i), ""));
        }
        return texts;
    }

    /// A tag as it came.
    record Tag(String key, String value) {}

    List<Tag> tags(String name) {
        var tags = new ArrayList<Tag>();
        for (int i = 1; parameters.containsKey(member(name, i) + ".Key"); i++) {
            String member = member(name, i);
            tags.add(new Tag(text(member + ".Key", ""), text(member + ".Value", "")));
        }
        return tags;
    }

    private static String member(String name, int number) {
        return name + ".member." + number;
    }
}
