package dev.parley.chat;

import dev.parley.protocol.ChatEvent;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.Rejection;
import java.time.Instant;
import java.util.List;

/// What becomes of a message that somebody wants changed.
sealed interface Change {
  /// @param event what the room is told
  /// @param revised the message from now on
  /// @param edits what the history of edits is to hold: a new one, or earlier ones in a new form,
  ///   whose events are to follow
  /// @param at when it happened
  record Changed(ChatEvent event, ChatMessage revised, List<PastEdit> edits, Instant at)
      implements Change {
    public Changed {
      edits = List.copyOf(edits);
    }
  }

  /// It is so already.
  record Unchanged() implements Change {}

  record Refused(Rejection rejection) implements Change {}
}
