package dev.parley.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What happens to the messages of a room. The first four are durable.
public sealed interface ChatEvent extends Event {
  RoomName room();

  /// In dialects whose conversations go on without joining, all of chat is for every participant's
  /// connection.
  record ChatPosted(ChatMessage message) implements ChatEvent {
    @Override
    public RoomName room() {
      return message.room();
    }
  }

  /// @param messageSeq where the message stands
  record ChatEdited(
      RoomName room,
      String messageId,
      long messageSeq,
      String content,
      UserId by,
      String username,
      Instant at)
      implements ChatEvent {}

  record ChatDeleted(RoomName room, String messageId, long messageSeq, UserId by, Instant at)
      implements ChatEvent {
    /// Whether an earlier event says what this message said; nobody gets it any more.
    public boolean takesBack(Event earlier) {
      return switch (earlier) {
        case ChatPosted(var message) -> message.messageId().equals(messageId);
        case ChatEdited edited -> edited.messageId().equals(messageId);
        case ChatDeleted _, ChatReacted _, ChatRead _, ChatTyping _, ChatDelivered _ -> false;
        case RoomEvent _,
            PresenceEvent _,
            SessionEvent _,
            JobEvent _,
            MetricsEvent _,
            NotificationEvent _,
            OperationsEvent _,
            CustomMessage _,
            NewerEvent _ ->
            false;
      };
    }
  }

  /// @param users all who react with this emoji now
  record ChatReacted(
      RoomName room,
      String messageId,
      long messageSeq,
      String emoji,
      UserId by,
      boolean added,
      List<UserId> users,
      Instant at)
      implements ChatEvent {
    public ChatReacted {
      users = List.copyOf(users);
    }
  }

  /// How far a user has read. Newest wins.
  ///
  /// @param messages the seqs that the client named
  /// @param messageIds the same by id
  record ChatRead(
      RoomName room,
      UserId user,
      String username,
      long upTo,
      List<Long> messages,
      List<String> messageIds,
      Instant at)
      implements ChatEvent {
    public ChatRead {
      messages = List.copyOf(messages);
      messageIds = List.copyOf(messageIds);
    }

    @Override
    public Optional<Object> conflationKey() {
      return Optional.of(List.of("read", room, user));
    }
  }

  record ChatTyping(
      RoomName room, UserId user, String username, boolean typing, Optional<String> cell)
      implements ChatEvent {
    @Override
    public Optional<Object> conflationKey() {
      return Optional.of(List.of("typing", room, user));
    }
  }

  /// For the sender alone: who received the message.
  record ChatDelivered(
      RoomName room, String messageId, long messageSeq, List<UserId> deliveredTo, Instant at)
      implements ChatEvent {
    public ChatDelivered {
      deliveredTo = List.copyOf(deliveredTo);
    }
  }
}
