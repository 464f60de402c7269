package dev.parley.api;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/// A chat message to be posted.
///
/// @param content not blank; as JSON, the whole message has at most 512 KiB
/// @param type what kind of content it is, 1–64 characters: `text`, `system`, …
/// @param username how the sender is shown, 1–128 characters; empty: by their id
/// @param clientMessageId 1–64 characters, unique per sender and room: makes a retry safe, which
///   then answers with the first message
public record ChatDraft(
    String room,
    String senderId,
    String content,
    String type,
    Optional<String> username,
    Optional<String> clientMessageId) {

  public static ChatDraft text(String room, String senderId, String content) {
    return of(room, senderId, content, "text");
  }

  /// What no user wrote; clients cannot send one.
  public static ChatDraft system(String room, String senderId, String content) {
    return of(room, senderId, content, "system");
  }

  public ChatDraft by(String name) {
    return new ChatDraft(room, senderId, content, type, Optional.of(name), clientMessageId);
  }

  public ChatDraft withClientMessageId(String id) {
    return new ChatDraft(room, senderId, content, type, username, Optional.of(id));
  }

  private static ChatDraft of(String room, String senderId, String content, String type) {
    return new ChatDraft(room, senderId, content, type, Optional.empty(), Optional.empty());
  }

  JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("room", room)
            .put("sender_id", senderId)
            .put("content", content)
            .put("message_type", type);
    username.ifPresent(name -> json.put("username", name));
    clientMessageId.ifPresent(id -> json.put("client_message_id", id));
    return json;
  }
}
