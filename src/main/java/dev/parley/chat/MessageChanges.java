package dev.parley.chat;

import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatEvent.ChatDeleted;
import dev.parley.protocol.ChatEvent.ChatEdited;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Rejection;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who may edit and delete a message, and what becomes of it then.
final class MessageChanges {
  private MessageChanges() {}

  /// @param edits how often the content was replaced before
  static Change edit(Found found, Caller caller, String content, int edits, Instant at) {
    ChatMessage message = found.message();
    Optional<Rejection> refusal = refuse(message, caller);
    if (refusal.isPresent()) {
      return new Change.Refused(refusal.get());
    }
    if (content.isBlank() && message.attachments().isEmpty()) {
      return new Change.Refused(Rejection.invalid("content", "content must not be empty"));
    }
    if (content.equals(message.content())) {
      return new Change.Unchanged();
    }
    if (edits >= EditHistory.MAX_EDITS) {
      return new Change.Refused(
          Rejection.of(ErrorCode.CONFLICT, "This message was edited too often"));
    }
    PastEdit past =
        new PastEdit(
            message.messageId(),
            found.revision(),
            0,
            message.content(),
            caller.user(),
            caller.username(),
            at);
    ChatEdited event =
        new ChatEdited(
            message.room(),
            message.messageId(),
            found.seq(),
            content,
            caller.user(),
            caller.username(),
            at);
    return new Change.Changed(event, withContent(message, content, at), List.of(past), at);
  }

  /// Nothing that was ever in the message remains: not here, not in the events of its edits, not in
  /// what was kept of them.
  static Change delete(Found found, Caller caller, List<PastEdit> edits, Instant at) {
    ChatMessage message = found.message();
    Optional<Rejection> refusal = refuse(message, caller);
    if (refusal.isPresent()) {
      return new Change.Refused(refusal.get());
    }
    ChatDeleted event =
        new ChatDeleted(message.room(), message.messageId(), found.seq(), caller.user(), at);
    return new Change.Changed(
        event, withoutContent(message), edits.stream().map(PastEdit::withoutContent).toList(), at);
  }

  /// An earlier edit's event as it is kept once the message is deleted.
  static ChatEdited redacted(ChatMessage message, long messageSeq, PastEdit edit) {
    return new ChatEdited(
        message.room(), message.messageId(), messageSeq, "", edit.by(), edit.username(), edit.at());
  }

  static Rejection notFound() {
    return Rejection.of(ErrorCode.NOT_FOUND, "There is no such message");
  }

  private static Optional<Rejection> refuse(ChatMessage message, Caller caller) {
    if (message.deleted()) {
      return Optional.of(notFound());
    }
    return caller.is(message.sender()) || caller.isAdmin()
        ? Optional.empty()
        : Optional.of(Rejection.denied("Only its author or an administrator may do that"));
  }

  private static ChatMessage withContent(ChatMessage message, String content, Instant at) {
    return new ChatMessage(
        message.room(),
        message.messageId(),
        message.sender(),
        message.username(),
        content,
        message.contentType(),
        message.at(),
        message.clientMessageId(),
        message.replyTo(),
        message.mentions(),
        message.attachments(),
        message.reactions(),
        Optional.of(at),
        false);
  }

  private static ChatMessage withoutContent(ChatMessage message) {
    return new ChatMessage(
        message.room(),
        message.messageId(),
        message.sender(),
        message.username(),
        "",
        message.contentType(),
        message.at(),
        message.clientMessageId(),
        message.replyTo(),
        List.of(),
        new JsonArray(),
        Map.of(),
        message.editedAt(),
        true);
  }
}
