package dev.hearth.cli;

import dev.hearth.cli.LoadTrace.Load;
import java.util.List;

/// Knows whom what was loaded belongs to, from the function's package and layers. One for each language.
interface Owners {
    Owner ownerOf(Load load);

    /// Whether what was loaded is the measurement's own, and to be left out.
    default boolean isOurs(Load load) {
        return load.name().contains(Instrument.DIRECTORY);
    }

    /// Whether a function can do without it at all.
    default boolean isRemovable(Owner owner) {
        return true;
    }

    /// Where in the function's own code something is asked for, such as `app.py:3`; the importer's name where that
    /// cannot be found.
    ///
    /// @param importer a module of the function's own
    String place(String importer, String imported);

    /// What else is loaded where this is, so that asking for it asks for them: the packages a Python module is in.
    default List<String> implied(String name) {
        return List.of();
    }
}
