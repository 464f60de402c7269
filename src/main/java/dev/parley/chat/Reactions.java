package dev.parley.chat;

import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatEvent.ChatReacted;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How reactions are added to a message and taken back.
final class Reactions {
  static final int MAX_EMOJI_CHARS = 64;
  static final int MAX_EMOJIS = 50;

  /// Over all emojis.
  static final int MAX_REACTIONS = 1_000;

  private Reactions() {}

  static Change react(Found found, Caller caller, String emoji, boolean added, Instant at) {
    ChatMessage message = found.message();
    if (message.deleted()) {
      return new Change.Refused(MessageChanges.notFound());
    }
    if (emoji.isBlank() || emoji.length() > MAX_EMOJI_CHARS) {
      return new Change.Refused(
          Rejection.invalid("emoji", "emoji must have 1–" + MAX_EMOJI_CHARS + " characters"));
    }
    List<UserId> before = message.reactions().getOrDefault(emoji, List.of());
    if (before.contains(caller.user()) == added) {
      return new Change.Unchanged();
    }
    if (added && isFull(message, emoji)) {
      return new Change.Refused(
          Rejection.of(ErrorCode.CONFLICT, "This message has too many reactions"));
    }
    List<UserId> after = new ArrayList<>(before);
    boolean _ = added ? after.add(caller.user()) : after.remove(caller.user());
    ChatReacted event =
        new ChatReacted(
            message.room(),
            message.messageId(),
            found.seq(),
            emoji,
            caller.user(),
            added,
            after,
            at);
    return new Change.Changed(event, withReactions(message, emoji, after), List.of(), at);
  }

  private static boolean isFull(ChatMessage message, String emoji) {
    Map<String, List<UserId>> reactions = message.reactions();
    return reactions.values().stream().mapToInt(List::size).sum() >= MAX_REACTIONS
        || (reactions.size() >= MAX_EMOJIS && !reactions.containsKey(emoji));
  }

  private static ChatMessage withReactions(ChatMessage message, String emoji, List<UserId> users) {
    Map<String, List<UserId>> reactions = new LinkedHashMap<>(message.reactions());
    if (users.isEmpty()) {
      reactions.remove(emoji);
    } else {
      reactions.put(emoji, List.copyOf(users));
    }
    return new ChatMessage(
        message.room(),
        message.messageId(),
        message.sender(),
        message.username(),
        message.content(),
        message.contentType(),
        message.at(),
        message.clientMessageId(),
        message.replyTo(),
        message.mentions(),
        message.attachments(),
        reactions,
        message.editedAt(),
        false);
  }
}
