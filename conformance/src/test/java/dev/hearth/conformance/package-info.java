/// Hearth as its users' tools see it: a real server in a process of its own, real clients, real functions.
///
/// `SharedServer` gives a test the server that the whole suite shares; `HearthServer` starts one of its own.
@NullMarked
package dev.hearth.conformance;

import org.jspecify.annotations.NullMarked;
