package dev.parley.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Notification.Level;
import dev.parley.protocol.Notification.Priority;
import dev.parley.protocol.UserId;
import dev.parley.store.IdempotencyKey;
import dev.parley.store.StoredEvent;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is made of a message that mentions somebody.
final class Mentions {
  private static final byte[] MENTIONS = "\"mentions\":[".getBytes(UTF_8);
  private static final int SHOWN_CHARS = 200;

  private Mentions() {}

  /// The message, if it mentions anybody. Nearly all mention nobody, and are not decoded.
  static Optional<ChatMessage> in(StoredEvent stored) {
    if (!stored.counted() || !contains(stored.payload(), MENTIONS)) {
      return Optional.empty();
    }
    try {
      return EventJson.decode(stored.payload(), stored.seq()) instanceof ChatPosted(var message)
              && !message.deleted()
          ? Optional.of(message)
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // of a newer node
    }
  }

  /// Who is to be told, if they take part in the room.
  static List<UserId> mentioned(ChatMessage message) {
    return message.mentions().stream()
        .distinct()
        .filter(user -> !user.equals(message.sender()))
        .toList();
  }

  /// Kept once for each message and user, however often it is made.
  static Draft draft(ChatMessage message, UserId user) {
    JsonObject data =
        new JsonObject()
            .put("room", message.room().value())
            .put("conversation_id", message.room().value())
            .put("message_id", message.messageId())
            .put("user_id", message.sender().value())
            .put("username", message.username());
    Notification notification =
        new Notification(
            "",
            new Addressee.ToUser(user),
            message.username() + " mentioned you",
            shown(message.content()),
            "mention",
            Optional.of("chat"),
            Priority.NORMAL,
            Level.INFO,
            data,
            Instant.EPOCH);
    String key = "mention/" + message.messageId();
    return new Draft(notification, Optional.of(IdempotencyKey.of(user, key)));
  }

  /// Cut between characters, not within one.
  private static String shown(String content) {
    if (content.length() <= SHOWN_CHARS) {
      return content;
    }
    boolean within = Character.isHighSurrogate(content.charAt(SHOWN_CHARS - 1));
    return content.substring(0, within ? SHOWN_CHARS - 1 : SHOWN_CHARS) + "…";
  }

  private static boolean contains(byte[] text, byte[] part) {
    for (int at = 0; at <= text.length - part.length; at++) {
      if (text[at] == part[0] && startsAt(text, part, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsAt(byte[] text, byte[] part, int at) {
    for (int i = 1; i < part.length; i++) {
      if (text[at + i] != part[i]) {
        return false;
      }
    }
    return true;
  }
}
