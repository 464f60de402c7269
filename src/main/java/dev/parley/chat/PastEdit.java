package dev.parley.chat;

import dev.parley.protocol.UserId;
import java.time.Instant;

/// One edit of a message, kept for administrators.
///
/// @param revision the message's before the edit; unique among its edits
/// @param seq where the edit's event stands; 0 until it is stored
/// @param replaced the content until then; empty if the message was deleted since
record PastEdit(
    String messageId,
    int revision,
    long seq,
    String replaced,
    UserId by,
    String username,
    Instant at) {

  PastEdit withoutContent() {
    return new PastEdit(messageId, revision, seq, "", by, username, at);
  }
}
