/// What Hearth talks about: functions and their versions, invocations and their outcomes, limits and
/// error codes. Records and sealed types over the JDK alone; every other module may use them.
///
/// Everything here is immutable and safe to share between threads. Start with [FunctionVersion]
/// (what is deployed), [Invocation] (what is asked) and [Outcome] (how it ended).
@NullMarked
package dev.hearth.model;

import org.jspecify.annotations.NullMarked;
