package dev.parley.dialect;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.protocol.ChatEvent;
import dev.parley.protocol.ChatEvent.ChatDeleted;
import dev.parley.protocol.ChatEvent.ChatDelivered;
import dev.parley.protocol.ChatEvent.ChatEdited;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.ChatEvent.ChatReacted;
import dev.parley.protocol.ChatEvent.ChatRead;
import dev.parley.protocol.ChatEvent.ChatTyping;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.ChatMessageJson;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.json.JsonWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What clients of `nexus` hear of chat (`nexus.md`).
final class NexusChatEvents {
  private static final List<OutFrame> NOTHING = List.of();

  private NexusChatEvents() {}

  static List<OutFrame> encode(ChatEvent event, Optional<Stamp> stamp) {
    return switch (event) {
      case ChatPosted(var message) -> one(out -> posted(out, message, stamp));
      case ChatEdited edited -> one(out -> edited(out, edited));
      case ChatDeleted deleted -> one(out -> deleted(out, deleted));
      case ChatRead read -> one(out -> read(out, read));
      case ChatTyping typing -> one(out -> typing(out, typing));
      case ChatDelivered delivered -> one(out -> delivered(out, delivered));
      case ChatReacted _ -> NOTHING;
    };
  }

  private static void posted(JsonWriter out, ChatMessage message, Optional<Stamp> stamp) {
    about(out, "chat.message", message.room()).text("message_id", message.messageId());
    stamp.ifPresent(place -> out.number("seq", place.seq()));
    out.text("user_id", message.sender().value())
        .text("username", message.username())
        .text("content", message.content())
        .text("content_type", message.contentType());
    ChatMessageJson.writeContext(out, message);
    out.text("client_message_id", message.clientMessageId()).time("timestamp", message.at());
  }

  private static void edited(JsonWriter out, ChatEdited edited) {
    about(out, "chat.edit", edited.room())
        .text("message_id", edited.messageId())
        .text("content", edited.content())
        .text("user_id", edited.by().value())
        .time("edited_at", edited.at());
  }

  private static void deleted(JsonWriter out, ChatDeleted deleted) {
    about(out, "chat.delete", deleted.room())
        .text("message_id", deleted.messageId())
        .text("user_id", deleted.by().value())
        .time("timestamp", deleted.at());
  }

  /// A client names one message or several; it finds what it named under the same name.
  private static void read(JsonWriter out, ChatRead read) {
    about(out, "chat.read", read.room());
    if (!read.messageIds().isEmpty()) {
      out.text("message_id", read.messageIds().getLast());
    }
    out.texts("message_ids", read.messageIds())
        .text("user_id", read.user().value())
        .time("timestamp", read.at());
  }

  private static void typing(JsonWriter out, ChatTyping typing) {
    about(out, "chat.typing", typing.room())
        .text("user_id", typing.user().value())
        .text("username", typing.username())
        .flag("is_typing", typing.typing());
  }

  private static void delivered(JsonWriter out, ChatDelivered delivered) {
    out.text(NexusEvents.TYPE, "chat.delivered")
        .text("message_id", delivered.messageId())
        .text("conversation_id", delivered.room().value())
        .texts("delivered_to", delivered.deliveredTo());
  }

  @CanIgnoreReturnValue
  private static JsonWriter about(JsonWriter out, String type, RoomName conversation) {
    return out.text(NexusEvents.TYPE, type).text("conversation_id", conversation.value());
  }

  private static List<OutFrame> one(Consumer<JsonWriter> fields) {
    return FrameEncoder.TEXT.one(fields);
  }
}
