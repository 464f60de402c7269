package dev.parley.api;

import dev.parley.protocol.Fields;

/// A message that was stored in a room's history.
///
/// @param recipients connections in the room when it was stored
/// @param seq its place in the room
public record KeptMessage(int recipients, long seq) {
  static KeptMessage of(Fields in) {
    return new KeptMessage(ReplyFields.count(in, "recipients"), ReplyFields.seq(in));
  }
}
