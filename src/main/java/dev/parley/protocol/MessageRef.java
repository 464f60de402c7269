package dev.parley.protocol;

/// How a client names a chat message: by its number in the room's log, or by its id.
public sealed interface MessageRef {
  record BySeq(long seq) implements MessageRef {}

  record ById(String messageId) implements MessageRef {}
}
