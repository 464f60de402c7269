package dev.parley.protocol;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// About the messages of a room.
public sealed interface ChatCommand extends Command, RoomScoped {
  /// Posts a message. Durable before it is answered.
  ///
  /// @param clientMessageId up to 64 characters, unique per user and room: makes a retry safe
  /// @param attachments kept and passed on as given
  /// @param receipt whether the sender is told who of the participants is online
  ///   ([ChatEvent.ChatDelivered]); for dialects whose clients wait for it
  record SendMessage(
      RoomName room,
      String content,
      String contentType,
      Optional<String> clientMessageId,
      Optional<MessageRef> replyTo,
      List<UserId> mentions,
      JsonArray attachments,
      boolean receipt)
      implements ChatCommand {
    public SendMessage {
      mentions = List.copyOf(mentions);
    }

    /// A message without a receipt.
    public SendMessage(
        RoomName room,
        String content,
        String contentType,
        Optional<String> clientMessageId,
        Optional<MessageRef> replyTo,
        List<UserId> mentions,
        JsonArray attachments) {
      this(room, content, contentType, clientMessageId, replyTo, mentions, attachments, false);
    }

    /// The message that this posts, before it has a place.
    ///
    /// @param at in whole milliseconds
    public ChatMessage toMessage(Caller sender, Instant at) {
      return new ChatMessage(
          room,
          "",
          sender.user(),
          sender.username(),
          content,
          contentType,
          at,
          clientMessageId,
          replyTo,
          mentions,
          attachments,
          Map.of(),
          Optional.empty(),
          false);
    }

    public SendMessage withReceipt() {
      return new SendMessage(
          room, content, contentType, clientMessageId, replyTo, mentions, attachments, true);
    }
  }

  /// Replaces a message's content. Its author's or an administrator's.
  record EditMessage(RoomName room, MessageRef message, String content) implements ChatCommand {}

  /// Removes a message's content for good. Its author's or an administrator's.
  record DeleteMessage(RoomName room, MessageRef message) implements ChatCommand {}

  /// Adds the caller's reaction to a message, or takes it back.
  record React(RoomName room, MessageRef message, String emoji, boolean added)
      implements ChatCommand {}

  /// Says how far the caller has read. The mark only rises.
  ///
  /// @param messages what the client named; the newest of them counts
  record MarkRead(RoomName room, List<MessageRef> messages) implements ChatCommand {
    public MarkRead {
      messages = List.copyOf(messages);
    }
  }

  /// Starts or ends typing; ends by itself after 6 s.
  ///
  /// @param cell the cell of a sheet that is typed in
  record SetTyping(RoomName room, boolean typing, Optional<String> cell) implements ChatCommand {
    @Override
    public boolean isEphemeral() {
      return true;
    }
  }

  /// A page of messages. With `after` ascending from there, else descending from `before` or the
  /// newest; always answered in ascending order.
  ///
  /// @param limit 1–200
  record ReadHistory(RoomName room, Optional<Long> before, Optional<Long> after, int limit)
      implements ChatCommand {}

  /// A page of messages as older clients turn pages: newest first, so many passed over. No dialect
  /// decodes to one. Answered by [Reply.MessagesPage].
  ///
  /// @param after the oldest ones after it; then none are passed over
  /// @param offset how many of the newest (before `before`) are passed over
  /// @param limit 1–200
  record PageMessages(
      RoomName room, Optional<Long> before, Optional<Long> after, long offset, int limit)
      implements ChatCommand {}
}
