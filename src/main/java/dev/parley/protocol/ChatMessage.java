package dev.parley.protocol;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A message as it stands now: edited and reacted to, or deleted (then without content).
///
/// @param messageId a [MessageId], which its place gives it; empty until it is stored
/// @param reactions users by emoji, both in the order in which they came
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
    reactions = copyInOrder(reactions);
  }

  /// With the id that its place in its room gives it.
  public ChatMessage placedAt(long seq) {
    return new ChatMessage(
        room,
        MessageId.of(room, seq, at).toString(),
        sender,
        username,
        content,
        contentType,
        at,
        clientMessageId,
        replyTo,
        mentions,
        attachments,
        reactions,
        editedAt,
        deleted);
  }

  private static Map<String, List<UserId>> copyInOrder(Map<String, List<UserId>> reactions) {
    if (reactions.isEmpty()) {
      return Map.of();
    }
    Map<String, List<UserId>> copy = new LinkedHashMap<>(reactions);
    copy.replaceAll((emoji, users) -> List.copyOf(users));
    return Collections.unmodifiableMap(copy);
  }
}
