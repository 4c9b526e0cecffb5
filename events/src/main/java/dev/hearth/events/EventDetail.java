package dev.hearth.events;

import dev.hearth.model.Payload;

/// An event with what it holds.
///
/// @param arn      the ARN its caller named, or the destination it is a record for
/// @param traceId  its trace header
/// @param recordOf the request id of the event whose record this is; empty for a caller's own event
public record EventDetail(EventView event, String arn, String traceId, String recordOf, Payload payload) {}
