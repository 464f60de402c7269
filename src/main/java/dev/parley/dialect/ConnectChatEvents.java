package dev.parley.dialect;

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

/// What clients of `connect` hear of chat (`connect.md`).
final class ConnectChatEvents {
  private static final List<OutFrame> NOTHING = List.of();

  private ConnectChatEvents() {}

  static List<OutFrame> encode(ChatEvent event, Optional<Stamp> stamp) {
    return switch (event) {
      case ChatPosted(var message) -> one(out -> posted(out, message, stamp));
      case ChatEdited edited -> one(out -> edited(out, edited));
      case ChatDeleted deleted -> one(out -> deleted(out, deleted));
      case ChatReacted reacted -> one(out -> reacted(out, reacted));
      case ChatRead read -> one(out -> read(out, read));
      case ChatTyping typing -> one(out -> typing(out, typing));
      case ChatDelivered _ -> NOTHING;
    };
  }

  private static void posted(JsonWriter out, ChatMessage message, Optional<Stamp> stamp) {
    out.text("type", "chat_message");
    stamp.ifPresent(place -> out.number("id", place.seq()));
    out.text("message_id", message.messageId())
        .text("room", message.room().value())
        .text("sender_id", message.sender().value())
        .text("user_id", message.sender().value())
        .text("username", message.username())
        .text("content", message.content())
        .text("message_type", message.contentType())
        .time("timestamp", message.at())
        .text("client_message_id", message.clientMessageId());
    ChatMessageJson.writeContext(out, message);
  }

  private static void edited(JsonWriter out, ChatEdited edited) {
    about(out, "message_edited", edited.room(), edited.messageSeq(), edited.messageId())
        .text("content", edited.content())
        .text("user_id", edited.by().value())
        .text("username", edited.username())
        .time("timestamp", edited.at());
  }

  private static void deleted(JsonWriter out, ChatDeleted deleted) {
    about(out, "message_deleted", deleted.room(), deleted.messageSeq(), deleted.messageId())
        .text("user_id", deleted.by().value())
        .time("timestamp", deleted.at());
  }

  private static void reacted(JsonWriter out, ChatReacted reacted) {
    about(out, "reaction_update", reacted.room(), reacted.messageSeq(), reacted.messageId())
        .text("emoji", reacted.emoji())
        .text("user_id", reacted.by().value())
        .text("action", reacted.added() ? "added" : "removed")
        .texts("users", reacted.users())
        .time("timestamp", reacted.at());
  }

  private static JsonWriter about(
      JsonWriter out, String type, RoomName room, long seq, String messageId) {
    return out.text("type", type)
        .text("room", room.value())
        .number("id", seq)
        .text("message_id", messageId);
  }

  private static void read(JsonWriter out, ChatRead read) {
    out.text("type", "read_receipt")
        .text("room", read.room().value())
        .text("user_id", read.user().value())
        .array("message_ids");
    read.messages().forEach(out::number);
    out.end().number("up_to", read.upTo()).time("timestamp", read.at());
  }

  private static void typing(JsonWriter out, ChatTyping typing) {
    out.text("type", "typing_indicator")
        .text("room", typing.room().value())
        .text("user_id", typing.user().value())
        .text("username", typing.username())
        .flag("is_typing", typing.typing());
  }

  private static List<OutFrame> one(Consumer<JsonWriter> fields) {
    return FrameEncoder.TEXT.one(fields);
  }
}
