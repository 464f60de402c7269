package dev.parley.protocol;

import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The JSON of a [ChatMessage].
public final class ChatMessageJson {
  private static final int ANY = Integer.MAX_VALUE;

  private ChatMessageJson() {}

  /// Writes a message's fields into the open object.
  public static void write(JsonWriter out, ChatMessage message) {
    out.text("room", message.room().value());
    if (!message.messageId().isEmpty()) {
      out.text("message_id", message.messageId());
    }
    out.text("user_id", message.sender().value())
        .text("username", message.username())
        .text("content", message.content())
        .text("content_type", message.contentType())
        .time("timestamp", message.at())
        .text("client_message_id", message.clientMessageId());
    writeContext(out, message);
    if (!message.reactions().isEmpty()) {
      out.object("reactions");
      message.reactions().forEach(out::texts);
      out.end();
    }
    out.time("edited_at", message.editedAt());
    if (message.deleted()) {
      out.flag("deleted", true);
    }
  }

  /// Writes what a message refers to: what it answers, whom it mentions, what is attached.
  public static void writeContext(JsonWriter out, ChatMessage message) {
    message.replyTo().ifPresent(ref -> write(out, "reply_to", ref));
    out.textsIfAny("mentions", message.mentions());
    if (!message.attachments().isEmpty()) {
      out.value("attachments", message.attachments());
    }
  }

  /// Writes a message's name: a number is its seq, a text its id.
  public static void write(JsonWriter out, String name, MessageRef ref) {
    switch (ref) {
      case MessageRef.BySeq(long seq) -> out.number(name, seq);
      case MessageRef.ById(String id) -> out.text(name, id);
    }
  }

  static ChatMessage read(Fields in) {
    return new ChatMessage(
        in.room("room"),
        in.optionalText("message_id", ANY).orElse(""),
        in.user("user_id"),
        in.anyText("username", ANY),
        in.anyText("content", ANY),
        in.anyText("content_type", ANY),
        in.time("timestamp"),
        in.optionalText("client_message_id", ANY),
        replyTo(in),
        in.users("mentions", ANY),
        in.array("attachments", ANY),
        reactions(in),
        in.optionalTime("edited_at"),
        in.flag("deleted", false));
  }

  private static Optional<MessageRef> replyTo(Fields in) {
    return switch (in.value("reply_to").raw()) {
      case null -> Optional.empty();
      case String id -> Optional.of(new MessageRef.ById(id));
      case Object seq -> Optional.of(new MessageRef.BySeq(Fields.asWhole("reply_to", seq)));
    };
  }

  private static Map<String, List<UserId>> reactions(Fields in) {
    Fields byEmoji = in.optionalFields("reactions").orElseGet(() -> new Fields(new JsonObject()));
    Map<String, List<UserId>> users = new LinkedHashMap<>();
    for (String emoji : byEmoji.object().fieldNames()) {
      users.put(emoji, byEmoji.users(emoji, ANY));
    }
    return users;
  }
}
