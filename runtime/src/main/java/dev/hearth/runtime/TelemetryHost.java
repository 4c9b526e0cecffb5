package dev.hearth.runtime;

import dev.hearth.sandbox.SandboxSockets;

/// What the Telemetry API needs to know of a function and its sandbox.
///
/// @param sockets     for connections to subscribers
/// @param instanceId  the name of its log stream, as on AWS
/// @param memoryBytes its limit
/// @param jsonLogs    whether its log format is JSON
public record TelemetryHost(SandboxSockets sockets, String instanceId, long memoryBytes, boolean jsonLogs) {}
