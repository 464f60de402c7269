package dev.parley.rooms;

import dev.parley.protocol.Member;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonArray;
import java.util.Optional;

/// How a node says that it has a member: a row for each, so that who comes or goes costs one row
/// however large the room is. The key is `m:<room> <user>`; a space comes before every character of
/// names, so the rows of a room lie together in the order of their users. The text is empty, or
/// `[username]`, or `[username, email]`.
final class MemberRow {
  static final String PREFIX = "m:";

  private MemberRow() {}

  /// How the keys of a room begin.
  static String room(RoomName room) {
    return PREFIX + room.value() + " ";
  }

  /// After the keys of a room, before those of the next.
  static String behind(RoomName room) {
    return PREFIX + room.value() + "!";
  }

  static String key(RoomName room, UserId user) {
    return PREFIX + room.value() + " " + user.value();
  }

  static RoomName roomOf(String key) {
    return new RoomName(key.substring(PREFIX.length(), key.indexOf(' ')));
  }

  static UserId userOf(String key) {
    return new UserId(key.substring(key.indexOf(' ') + 1));
  }

  static Member member(String key, String text) {
    UserId user = userOf(key);
    if (text.isEmpty()) {
      return new Member(user, user.value(), Optional.empty());
    }
    JsonArray fields = new JsonArray(text);
    return new Member(
        user,
        fields.getString(0),
        Optional.ofNullable(fields.size() > 1 ? fields.getString(1) : null)
            .filter(email -> !email.isEmpty()));
  }

  static String text(Member member) {
    if (member.email().isEmpty() && member.username().equals(member.user().value())) {
      return "";
    }
    JsonArray fields = new JsonArray().add(member.username());
    member.email().ifPresent(fields::add);
    return fields.encode();
  }
}
