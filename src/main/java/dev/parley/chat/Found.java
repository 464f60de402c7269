package dev.parley.chat;

import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.Position;

/// A message as the log has it.
///
/// @param number how many messages the room had up to it
/// @param revision how often it was changed
record Found(Position position, long number, int revision, ChatMessage message) {
  long seq() {
    return position.seq();
  }
}
