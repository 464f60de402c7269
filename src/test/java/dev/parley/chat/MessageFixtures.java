package dev.parley.chat;

import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.Position;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A message of ann's, as it was found.
final class MessageFixtures {
  static final RoomName ROOM = new RoomName("lobby");
  static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  private MessageFixtures() {}

  static Found found(String content) {
    return found(content, Map.of());
  }

  static Found found(String content, Map<String, List<UserId>> reactions) {
    return new Found(new Position("e", 7), 3, 2, message(content, reactions, false));
  }

  static Found deleted() {
    return new Found(new Position("e", 7), 3, 2, message("", Map.of(), true));
  }

  static Found revised(Found before, ChatMessage message) {
    return new Found(before.position(), before.number(), before.revision() + 1, message);
  }

  static Caller caller(String name) {
    return Caller.of(new UserId(name));
  }

  private static ChatMessage message(
      String content, Map<String, List<UserId>> reactions, boolean deleted) {
    return new ChatMessage(
        ROOM,
        "m1",
        new UserId("ann"),
        "Ann",
        content,
        "text",
        THEN,
        Optional.of("c1"),
        Optional.empty(),
        List.of(new UserId("bob")),
        new JsonArray().add("file"),
        reactions,
        Optional.empty(),
        deleted);
  }
}
