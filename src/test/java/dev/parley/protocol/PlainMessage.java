package dev.parley.protocol;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Messages that say something and no more, for tests.
public final class PlainMessage {
  private PlainMessage() {}

  /// @param id empty until it is stored
  public static ChatMessage of(
      RoomName room, String id, UserId sender, String username, String content, Instant at) {
    return new ChatMessage(
        room,
        id,
        sender,
        username,
        content,
        "text",
        at,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new JsonArray(),
        Map.of(),
        Optional.empty(),
        false);
  }
}
