package dev.parley.rooms;

import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Reply.RoomSummary;
import dev.parley.protocol.RoomCommand.ListMembers;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.EventLog;
import dev.parley.store.EventLog.Head;
import dev.parley.store.Marks;
import dev.parley.store.Marks.Mark;
import dev.parley.store.Participations;
import io.vertx.core.Future;

/// Lists rooms and their members.
final class Directory {
  private static final int MAX_PAGE = 200;

  private final Attendance attendance;
  private final Occupancy occupancy;
  private final Participations participations;
  private final EventLog log;
  private final Marks marks;

  Directory(
      Attendance attendance,
      Occupancy occupancy,
      Participations participations,
      EventLog log,
      Marks marks) {
    this.attendance = attendance;
    this.occupancy = occupancy;
    this.participations = participations;
    this.log = log;
    this.marks = marks;
  }

  Outcome members(ListMembers command) {
    return command.limit() < 1 || command.limit() > MAX_PAGE
        ? Rejection.invalid("limit", "limit must be between 1 and " + MAX_PAGE)
        : attendance.page(command.room(), command.after(), command.limit());
  }

  Future<Outcome> participationsOf(UserId user) {
    return participations.roomsOf(user).map(Reply.Participations::new);
  }

  Future<Outcome> roomsOf(UserId user) {
    return participations
        .roomsOf(user)
        .compose(rooms -> InParts.lookUp(rooms, room -> summarise(user, room)))
        .map(Reply.Rooms::new);
  }

  private Future<RoomSummary> summarise(UserId user, RoomName room) {
    Future<Head> head = log.head(StreamId.of(room));
    Future<Mark> mark = marks.get(room, user);
    return Future.all(head, mark).map(_ -> summary(room, head.result(), mark.result()));
  }

  private RoomSummary summary(RoomName room, Head head, Mark mark) {
    int members = occupancy.members(room);
    return new RoomSummary(room, members, head.position(), mark.unreadOf(head.number()));
  }
}
