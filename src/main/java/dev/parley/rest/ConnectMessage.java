package dev.parley.rest;

import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.ChatMessageJson;
import dev.parley.protocol.Reply.PlacedMessage;
import dev.parley.protocol.json.JsonWriter;

/// A message as clients of `connect` know it: the fields of its event, and what became of it since.
final class ConnectMessage {
  private ConnectMessage() {}

  /// Writes its fields into the open object.
  static void write(JsonWriter out, PlacedMessage placed) {
    ChatMessage message = placed.message();
    out.number("id", placed.position().seq())
        .text("message_id", message.messageId())
        .text("room", message.room().value())
        .text("sender_id", message.sender().value())
        .text("user_id", message.sender().value())
        .text("username", message.username())
        .text("content", message.content())
        .text("message_type", message.contentType())
        .time("timestamp", message.at())
        .text("client_message_id", message.clientMessageId());
    ChatMessageJson.writeContext(out, message);
    writeChanges(out, message);
  }

  private static void writeChanges(JsonWriter out, ChatMessage message) {
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
}
