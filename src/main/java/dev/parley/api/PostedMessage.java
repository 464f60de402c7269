package dev.parley.api;

import dev.parley.protocol.Fields;
import java.time.Instant;

/// A chat message as it is stored.
///
/// @param seq its place in the room
/// @param epoch the stretch of the room's history that the place belongs to
/// @param type what kind of content it is: `text`, `system`, …
public record PostedMessage(
    String room,
    String messageId,
    long seq,
    String epoch,
    String senderId,
    String username,
    String content,
    String type,
    Instant at) {

  static PostedMessage of(Fields in) {
    return new PostedMessage(
        ReplyFields.text(in, "room"),
        ReplyFields.text(in, "message_id"),
        ReplyFields.seq(in),
        ReplyFields.text(in, "epoch"),
        ReplyFields.text(in, "user_id"),
        ReplyFields.text(in, "username"),
        ReplyFields.text(in, "content"),
        ReplyFields.text(in, "content_type"),
        in.time("timestamp"));
  }
}
