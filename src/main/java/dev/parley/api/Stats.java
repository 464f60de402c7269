package dev.parley.api;

import dev.parley.protocol.Fields;

/// What is going on.
///
/// @param connections that are open
/// @param users who are online
/// @param rooms with members
public record Stats(int connections, int users, int rooms) {
  static Stats of(Fields in) {
    return new Stats(
        ReplyFields.count(in, "connections"),
        ReplyFields.count(in, "users"),
        ReplyFields.count(in, "rooms"));
  }
}
