package dev.parley.bus;

import dev.parley.protocol.ChatEvent;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.JobEvent;
import dev.parley.protocol.MetricsEvent;
import dev.parley.protocol.NewerEvent;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.OperationsEvent;
import dev.parley.protocol.PresenceEvent;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.SessionEvent;
import java.util.Optional;

/// An event told to applications under the name of its domain.
record Announcement(String domain, Envelope envelope) {

  /// Empty for what concerns sessions only.
  static Optional<Announcement> of(Envelope envelope) {
    return switch (envelope.event()) {
      case RoomEvent.ParticipationBegan _,
          RoomEvent.ParticipationEnded _,
          RoomEvent.RoomReset _,
          RoomEvent.RoomStateChanged _ ->
          Optional.empty();
      case RoomEvent _ -> Optional.of(new Announcement("rooms", envelope));
      case ChatEvent _ -> Optional.of(new Announcement("chat", envelope));
      case PresenceEvent.UserActivity _ -> Optional.of(new Announcement("connections", envelope));
      case PresenceEvent _ -> Optional.of(new Announcement("presence", envelope));
      case CustomMessage _ when envelope.isDurable() ->
          Optional.of(new Announcement("rooms", envelope));
      case JobEvent _ -> Optional.of(new Announcement("jobs", envelope));
      case NotificationEvent _ -> Optional.of(new Announcement("notifications", envelope));
      case OperationsEvent.ProcessingStarted _, OperationsEvent.ProcessingCompleted _ ->
          Optional.of(new Announcement("documents", envelope));
      case SessionEvent _, MetricsEvent _, OperationsEvent _, CustomMessage _, NewerEvent _ ->
          Optional.empty();
    };
  }
}
