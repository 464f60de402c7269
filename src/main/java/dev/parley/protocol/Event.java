package dev.parley.protocol;

import java.util.Optional;

/// Something that happened and that sessions may hear of. Durable ones enter a stream and travel
/// with a [Stamp]; all others are ephemeral: at most once, and the newest wins.
public sealed interface Event
    permits RoomEvent,
        ChatEvent,
        PresenceEvent,
        SessionEvent,
        JobEvent,
        MetricsEvent,
        NotificationEvent,
        OperationsEvent,
        CustomMessage,
        NewerEvent {

  /// Whether a room's event concerns everybody who takes part in the room, and not its joined
  /// connections only.
  default boolean isForParticipants() {
    return false;
  }

  /// Of several waiting ephemeral events with the same key only the newest is sent; none if each
  /// matters.
  default Optional<Object> conflationKey() {
    return Optional.empty();
  }

  /// How often it may come; empty for as often as it is published.
  default Optional<Pacing> pacing() {
    return Optional.empty();
  }

  /// Whether the store has it: then it is not dropped for who reads slowly, although it has no
  /// place in a room's stream.
  default boolean isKept() {
    return false;
  }

  /// Whether it goes out before whatever waits for a connection.
  default boolean isPressing() {
    return false;
  }
}
