/// What is deployed, on disk: functions, versions, aliases, layers in a [Catalog], their packages in a
/// [CodeStore] under their SHA-256.
///
/// The catalog is written in transactions by control-plane calls and read on the invoke path through
/// [Catalog#resolve], which answers from memory. Both are safe for use by any thread.
@NullMarked
package dev.hearth.catalog;

import org.jspecify.annotations.NullMarked;
