package dev.parley.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// About the connection itself; decided by its session.
public sealed interface SessionCommand extends Command {
  /// Asks for a [Reply.Pong].
  record Ping() implements SessionCommand {}

  /// Shows a token: the first one, or a newer one of the same user.
  record Authenticate(String token) implements SessionCommand, Barrier {}

  /// Takes up all rooms and topics of an earlier connection at the positions last seen.
  ///
  /// @param connection the earlier connection, which is closed if it is still open
  record ResumeSession(
      Optional<ConnectionId> connection, Map<RoomName, Position> rooms, List<String> topics)
      implements SessionCommand, Barrier {
    public ResumeSession {
      rooms = Map.copyOf(rooms);
      topics = List.copyOf(topics);
    }
  }

  /// Hears of topics from now on. Answered by [Reply.Subscriptions].
  ///
  /// @param unknown what was asked for and is no topic of the dialect
  record Subscribe(List<TopicName> topics, List<String> unknown)
      implements SessionCommand, Barrier {
    public Subscribe {
      topics = List.copyOf(topics);
      unknown = List.copyOf(unknown);
    }
  }

  /// The same as a part of an opening, without a word to the client.
  record Listen(List<TopicName> topics) implements SessionCommand {
    public Listen {
      topics = List.copyOf(topics);
    }
  }

  /// Hears of them no more. Answered by [Reply.Subscriptions].
  record Unsubscribe(List<TopicName> topics) implements SessionCommand, Barrier {
    public Unsubscribe {
      topics = List.copyOf(topics);
    }
  }

  /// Which notifications this connection gets from now on; empty for those to its user alone.
  record FilterNotifications(Optional<Notification.Filter> filter) implements SessionCommand {}

  /// The name an anonymous user of development mode goes by; ignored for everybody else.
  record NameMyself(String username) implements SessionCommand {}

  /// A frame that older clients send and that needs no answer (their `pong`, `connect`).
  record Acknowledge() implements SessionCommand {}
}
