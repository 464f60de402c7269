package dev.parley.protocol;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A message as it stands now: edited and reacted to, or deleted (then without content).
///
/// @param messageId given before it is stored; unique everywhere
/// @param reactions users by emoji, in the order in which they reacted
public record ChatMessage(
    RoomName room,
    String messageId,
    UserId sender,
    String username,
    String content,
    String contentType,
    Instant at,
    Optional<String> clientMessageId,
    Optional<MessageRef> replyTo,
    List<UserId> mentions,
    JsonArray attachments,
    Map<String, List<UserId>> reactions,
    Optional<Instant> editedAt,
    boolean deleted) {
  public ChatMessage {
    mentions = List.copyOf(mentions);
    reactions = Map.copyOf(reactions);
  }
}
