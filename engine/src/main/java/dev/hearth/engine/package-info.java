/// Runs functions: instances and their life cycle, one pool per version, the dispatcher, admission.
///
/// [Engine] is what edges talk to. It acts on decisions of the scheduler, gets sandboxes from the sandbox
/// module and speaks to the functions in them through their Runtime API. One virtual thread per invocation
/// (the caller's own) and two per instance (its log, its end).
@NullMarked
package dev.hearth.engine;

import org.jspecify.annotations.NullMarked;
