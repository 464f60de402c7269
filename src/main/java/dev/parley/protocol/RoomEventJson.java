package dev.parley.protocol;

import dev.parley.protocol.RoomEvent.MembersChanged;
import dev.parley.protocol.RoomEvent.ParticipationBegan;
import dev.parley.protocol.RoomEvent.ParticipationEnded;
import dev.parley.protocol.RoomEvent.RoomGranted;
import dev.parley.protocol.RoomEvent.RoomJoined;
import dev.parley.protocol.RoomEvent.RoomLeft;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomEvent.RoomReset;
import dev.parley.protocol.RoomEvent.RoomRevoked;
import dev.parley.protocol.RoomEvent.RoomStateChanged;
import dev.parley.protocol.json.JsonWriter;
import java.util.List;

/// The JSON of [RoomEvent]s.
final class RoomEventJson {
  static final String JOINED = "room.joined";
  static final String LEFT = "room.left";
  static final String MEMBERS_CHANGED = "room.members_changed";
  static final String STATE_CHANGED = "room.state_changed";
  static final String MESSAGE = "room.message";
  static final String GRANTED = "room.granted";
  static final String REVOKED = "room.revoked";
  static final String RESET = "room.reset";
  static final String PARTICIPATION_BEGAN = "room.participation_began";
  static final String PARTICIPATION_ENDED = "room.participation_ended";

  private static final int ANY = Integer.MAX_VALUE;

  private RoomEventJson() {}

  static void write(JsonWriter out, RoomEvent event) {
    switch (event) {
      case RoomJoined(var room, var member, int members, var at) -> {
        MemberJson.write(begin(out, JOINED, room), member);
        out.number("members", members).time("timestamp", at);
      }
      case RoomLeft(var room, var member, int members, var at) -> {
        MemberJson.write(begin(out, LEFT, room), member);
        out.number("members", members).time("timestamp", at);
      }
      case MembersChanged(var room, var joined, var left, int members, var at) -> {
        MemberJson.write(begin(out, MEMBERS_CHANGED, room), "joined", joined);
        MemberJson.write(out, "left", left);
        out.number("members", members).time("timestamp", at);
      }
      case RoomStateChanged(var state) ->
          RoomStateJson.write(begin(out, STATE_CHANGED, state.room()), state);
      case RoomMessage message -> write(out, message);
      case RoomGranted(var room, var user, var by, var at) ->
          begin(out, GRANTED, room)
              .text("user_id", user.value())
              .text("by", by.value())
              .time("timestamp", at);
      case RoomRevoked(var room, var user, var by, var at) ->
          begin(out, REVOKED, room)
              .text("user_id", user.value())
              .text("by", by.value())
              .time("timestamp", at);
      case RoomReset(var room, Position(var epoch, long seq)) ->
          begin(out, RESET, room).number("seq", seq).text("epoch", epoch);
      case ParticipationBegan(var room, var user) ->
          begin(out, PARTICIPATION_BEGAN, room).text("user_id", user.value());
      case ParticipationEnded(var room, var user) ->
          begin(out, PARTICIPATION_ENDED, room).text("user_id", user.value());
    }
  }

  private static void write(JsonWriter out, RoomMessage message) {
    begin(out, MESSAGE, message.room())
        .text("user_id", message.sender().value())
        .text("username", message.username())
        .text("event", message.event());
    writeIfAny(out, "message", message.message());
    writeIfAny(out, "data", message.data());
    out.time("timestamp", message.at());
  }

  static RoomJoined joined(Fields in) {
    return new RoomJoined(in.room("room"), MemberJson.read(in), members(in), in.time("timestamp"));
  }

  static RoomStateChanged stateChanged(Fields in) {
    return new RoomStateChanged(RoomStateJson.read(in));
  }

  static RoomLeft left(Fields in) {
    return new RoomLeft(in.room("room"), MemberJson.read(in), members(in), in.time("timestamp"));
  }

  static MembersChanged membersChanged(Fields in) {
    List<Member> joined = MemberJson.read(in, "joined");
    List<Member> left = MemberJson.read(in, "left");
    return new MembersChanged(in.room("room"), joined, left, members(in), in.time("timestamp"));
  }

  static RoomMessage message(Fields in) {
    return new RoomMessage(
        in.room("room"),
        in.user("user_id"),
        in.anyText("username", ANY),
        in.anyText("event", ANY),
        in.value("message"),
        in.value("data"),
        in.time("timestamp"));
  }

  static RoomGranted granted(Fields in) {
    return new RoomGranted(
        in.room("room"), in.user("user_id"), in.user("by"), in.time("timestamp"));
  }

  static RoomRevoked revoked(Fields in) {
    return new RoomRevoked(
        in.room("room"), in.user("user_id"), in.user("by"), in.time("timestamp"));
  }

  static RoomReset reset(Fields in) {
    Position position = new Position(in.anyText("epoch", ANY), in.number("seq", 0, Long.MAX_VALUE));
    return new RoomReset(in.room("room"), position);
  }

  static ParticipationBegan participationBegan(Fields in) {
    return new ParticipationBegan(in.room("room"), in.user("user_id"));
  }

  static ParticipationEnded participationEnded(Fields in) {
    return new ParticipationEnded(in.room("room"), in.user("user_id"));
  }

  private static void writeIfAny(JsonWriter out, String name, JsonValue value) {
    if (!value.isNull()) {
      out.value(name, value.raw());
    }
  }

  private static int members(Fields in) {
    return (int) in.number("members", 0, Integer.MAX_VALUE);
  }

  private static JsonWriter begin(JsonWriter out, String type, RoomName room) {
    return out.text("type", type).text("room", room.value());
  }
}
