package dev.parley.dialect;

import dev.parley.protocol.ChatCommand.SendMessage;
import dev.parley.protocol.Fields;
import dev.parley.protocol.MessageRef;
import dev.parley.protocol.RoomName;
import java.util.List;
import java.util.Optional;

/// The fields of chat that all dialects have in common, and their bounds.
final class ChatFields {
  private static final int MAX_CLIENT_ID = 64;
  private static final int MAX_MESSAGE_ID = 64;
  private static final int MAX_EMOJI = 64;
  private static final int MAX_TYPE = 64;
  private static final int MAX_MESSAGES = 1000;
  private static final int MAX_MENTIONS = 100;
  private static final int MAX_ATTACHMENTS = 20;

  private final int maxContent;

  ChatFields(DialectLimits limits) {
    this.maxContent = limits.contentChars();
  }

  SendMessage send(Fields in, RoomName room, String contentType) {
    return new SendMessage(
        room,
        content(in),
        contentType,
        in.optionalText("client_message_id", MAX_CLIENT_ID).filter(id -> !id.isEmpty()),
        optionalMessage(in, "reply_to"),
        in.users("mentions", MAX_MENTIONS),
        in.array("attachments", MAX_ATTACHMENTS));
  }

  String content(Fields in) {
    return in.text("content", maxContent);
  }

  /// What kind of content it is; `system` is the server's own.
  String contentType(Fields in) {
    String type = in.has("content_type") ? in.text("content_type", MAX_TYPE) : "text";
    if (type.equals("system")) {
      throw Fields.wrong("content_type", "must not be system");
    }
    return type;
  }

  String emoji(Fields in) {
    return in.text("emoji", MAX_EMOJI);
  }

  MessageRef message(Fields in, String name) {
    return optionalMessage(in, name).orElseThrow(() -> Fields.wrong(name, "is missing"));
  }

  Optional<MessageRef> optionalMessage(Fields in, String name) {
    return switch (in.value(name).raw()) {
      case null -> Optional.empty();
      case Object value -> Optional.of(toMessage(name, value));
    };
  }

  List<MessageRef> someMessages(Fields in, String name) {
    List<MessageRef> messages = in.list(name, MAX_MESSAGES, element -> toMessage(name, element));
    if (messages.isEmpty()) {
      throw Fields.wrong(name, "must name at least one message");
    }
    return messages;
  }

  /// A message's number in its room, also as text, or its id.
  static MessageRef toMessage(String name, Object value) {
    if (!(value instanceof String text)) {
      return bySeq(name, Fields.asWhole(name, value));
    }
    if (text.isEmpty() || text.length() > MAX_MESSAGE_ID) {
      throw Fields.wrong(name, "must be a message's number or id");
    }
    boolean number = text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? bySeq(name, Long.parseLong(text)) : new MessageRef.ById(text);
  }

  private static MessageRef bySeq(String name, long seq) {
    if (seq < 1) {
      throw Fields.wrong(name, "must be a message's number or id");
    }
    return new MessageRef.BySeq(seq);
  }
}
