package dev.parley.protocol;

import java.util.Optional;
import java.util.OptionalLong;

/// How a client names a chat message: by its number in the room's log, or by its id.
public sealed interface MessageRef {
  record BySeq(long seq) implements MessageRef {
    @Override
    public OptionalLong seqIn(RoomName room) {
      return seq < 1 ? OptionalLong.empty() : OptionalLong.of(seq);
    }

    @Override
    public boolean admits(Optional<ChatMessage> found) {
      return true;
    }
  }

  record ById(String messageId) implements MessageRef {
    @Override
    public OptionalLong seqIn(RoomName room) {
      return MessageId.parse(messageId).stream()
          .filter(id -> id.isIn(room))
          .mapToLong(MessageId::seq)
          .findFirst();
    }

    @Override
    public boolean admits(Optional<ChatMessage> found) {
      return found.filter(message -> message.messageId().equals(messageId)).isPresent();
    }
  }

  /// Where in a room it stands, or would stand; empty if no message of the room has this name.
  OptionalLong seqIn(RoomName room);

  /// Whether this names what was found at that place.
  boolean admits(Optional<ChatMessage> found);
}
