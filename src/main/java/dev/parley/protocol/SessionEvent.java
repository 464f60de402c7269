package dev.parley.protocol;

import java.time.Duration;
import java.time.Instant;

/// What happens to one connection; written by its session.
public sealed interface SessionEvent extends Event {
  /// The connection is open and its user known. The first frame in dialects that have one.
  record Welcomed(
      Caller caller, ConnectionId connection, NodeId node, SessionLimits limits, Instant at)
      implements SessionEvent {}

  /// The token ran out, or is about to: show a new one within `grace`.
  record Expiring(Instant expiresAt, Duration grace) implements SessionEvent {}

  /// The node is going; the connection is closed with 1012 soon.
  record Draining(Instant at) implements SessionEvent {}

  /// What a client must know to behave.
  record SessionLimits(
      Duration pingInterval,
      Duration resumeWindow,
      int maxMessageBytes,
      int messagesPerWindow,
      Duration window,
      int maxRooms) {}
}
