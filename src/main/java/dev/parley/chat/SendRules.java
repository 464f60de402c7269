package dev.parley.chat;

import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatCommand.SendMessage;
import dev.parley.protocol.Rejection;
import java.util.Optional;

/// What a message must be like to be posted.
final class SendRules {
  /// A message as stored. Leaves room for its reactions below the store's limit of 1 MiB.
  static final int MAX_STORED_BYTES = 512 << 10;

  static final int MAX_TYPE_CHARS = 64;
  static final int MAX_CLIENT_ID_CHARS = 64;
  static final int MAX_MENTIONS = 100;
  static final int MAX_ATTACHMENTS = 50;

  /// The type of messages that no user wrote.
  private static final String SYSTEM = "system";

  private SendRules() {}

  /// Why the message may not be posted; empty if it may.
  static Optional<Rejection> refuse(Caller caller, SendMessage command) {
    if (command.content().isBlank() && command.attachments().isEmpty()) {
      return invalid("content", "content must not be empty");
    }
    if (command.contentType().isBlank() || command.contentType().length() > MAX_TYPE_CHARS) {
      return invalid("content_type", "content_type must have 1–" + MAX_TYPE_CHARS + " characters");
    }
    if (command.contentType().equals(SYSTEM) && caller.connection().isPresent()) {
      return invalid("content_type", "content_type system is the server's");
    }
    if (command.clientMessageId().filter(id -> !isClientId(id)).isPresent()) {
      return invalid(
          "client_message_id",
          "client_message_id must have 1–" + MAX_CLIENT_ID_CHARS + " characters");
    }
    if (command.mentions().size() > MAX_MENTIONS) {
      return invalid("mentions", "at most " + MAX_MENTIONS + " mentions");
    }
    return command.attachments().size() > MAX_ATTACHMENTS
        ? invalid("attachments", "at most " + MAX_ATTACHMENTS + " attachments")
        : Optional.empty();
  }

  static Rejection tooLong() {
    return Rejection.invalid("content", "The message is too long");
  }

  private static boolean isClientId(String id) {
    return !id.isEmpty() && id.length() <= MAX_CLIENT_ID_CHARS;
  }

  private static Optional<Rejection> invalid(String field, String text) {
    return Optional.of(Rejection.invalid(field, text));
  }
}
