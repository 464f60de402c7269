package dev.parley.protocol;

import dev.parley.protocol.ChatEvent.ChatDeleted;
import dev.parley.protocol.ChatEvent.ChatDelivered;
import dev.parley.protocol.ChatEvent.ChatEdited;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.ChatEvent.ChatReacted;
import dev.parley.protocol.ChatEvent.ChatRead;
import dev.parley.protocol.ChatEvent.ChatTyping;
import dev.parley.protocol.json.JsonWriter;

/// The JSON of [ChatEvent]s.
final class ChatEventJson {
  static final String MESSAGE = "chat.message";
  static final String EDITED = "chat.edited";
  static final String DELETED = "chat.deleted";
  static final String REACTION = "chat.reaction";
  static final String READ = "chat.read";
  static final String TYPING = "chat.typing";
  static final String DELIVERED = "chat.delivered";

  private static final int ANY = Integer.MAX_VALUE;

  private ChatEventJson() {}

  static void write(JsonWriter out, ChatEvent event) {
    switch (event) {
      case ChatPosted(var message) -> ChatMessageJson.write(out.text("type", MESSAGE), message);
      case ChatEdited edited -> write(out, edited);
      case ChatDeleted(var room, var messageId, long messageSeq, var by, var at) ->
          about(begin(out, DELETED, room), messageId, messageSeq)
              .text("user_id", by.value())
              .time("timestamp", at);
      case ChatReacted reacted -> write(out, reacted);
      case ChatRead read -> write(out, read);
      case ChatTyping(var room, var user, var username, boolean typing, var cell) ->
          begin(out, TYPING, room)
              .text("user_id", user.value())
              .text("username", username)
              .flag("typing", typing)
              .text("cell", cell);
      case ChatDelivered(var room, var messageId, long messageSeq, var deliveredTo, var at) ->
          about(begin(out, DELIVERED, room), messageId, messageSeq)
              .texts("delivered_to", deliveredTo)
              .time("timestamp", at);
    }
  }

  private static void write(JsonWriter out, ChatEdited edited) {
    about(begin(out, EDITED, edited.room()), edited.messageId(), edited.messageSeq())
        .text("content", edited.content())
        .text("user_id", edited.by().value())
        .text("username", edited.username())
        .time("timestamp", edited.at());
  }

  private static void write(JsonWriter out, ChatReacted reacted) {
    about(begin(out, REACTION, reacted.room()), reacted.messageId(), reacted.messageSeq())
        .text("emoji", reacted.emoji())
        .text("user_id", reacted.by().value())
        .flag("added", reacted.added())
        .texts("users", reacted.users())
        .time("timestamp", reacted.at());
  }

  private static void write(JsonWriter out, ChatRead read) {
    begin(out, READ, read.room())
        .text("user_id", read.user().value())
        .text("username", read.username())
        .number("up_to", read.upTo())
        .array("message_seqs");
    read.messages().forEach(out::number);
    out.end().texts("message_ids", read.messageIds()).time("timestamp", read.at());
  }

  static ChatEdited edited(Fields in) {
    return new ChatEdited(
        in.room("room"),
        in.anyText("message_id", ANY),
        seq(in, "message_seq"),
        in.anyText("content", ANY),
        in.user("user_id"),
        in.anyText("username", ANY),
        in.time("timestamp"));
  }

  static ChatDeleted deleted(Fields in) {
    return new ChatDeleted(
        in.room("room"),
        in.anyText("message_id", ANY),
        seq(in, "message_seq"),
        in.user("user_id"),
        in.time("timestamp"));
  }

  static ChatReacted reacted(Fields in) {
    return new ChatReacted(
        in.room("room"),
        in.anyText("message_id", ANY),
        seq(in, "message_seq"),
        in.anyText("emoji", ANY),
        in.user("user_id"),
        in.flag("added"),
        in.users("users", ANY),
        in.time("timestamp"));
  }

  static ChatRead chatRead(Fields in) {
    return new ChatRead(
        in.room("room"),
        in.user("user_id"),
        in.anyText("username", ANY),
        seq(in, "up_to"),
        in.list("message_seqs", ANY, element -> Fields.asWhole("message_seqs", element)),
        in.texts("message_ids", ANY, ANY),
        in.time("timestamp"));
  }

  static ChatTyping typing(Fields in) {
    return new ChatTyping(
        in.room("room"),
        in.user("user_id"),
        in.anyText("username", ANY),
        in.flag("typing"),
        in.optionalText("cell", ANY));
  }

  static ChatDelivered delivered(Fields in) {
    return new ChatDelivered(
        in.room("room"),
        in.anyText("message_id", ANY),
        seq(in, "message_seq"),
        in.users("delivered_to", ANY),
        in.time("timestamp"));
  }

  private static long seq(Fields in, String name) {
    return in.number(name, 0, Long.MAX_VALUE);
  }

  private static JsonWriter begin(JsonWriter out, String type, RoomName room) {
    return out.text("type", type).text("room", room.value());
  }

  private static JsonWriter about(JsonWriter out, String messageId, long messageSeq) {
    return out.text("message_id", messageId).number("message_seq", messageSeq);
  }
}
