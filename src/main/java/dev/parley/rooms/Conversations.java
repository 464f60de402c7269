package dev.parley.rooms;

import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Reply.Conversation;
import dev.parley.protocol.RoomCommand.ListConversations;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import dev.parley.store.EventLog;
import dev.parley.store.Marks;
import dev.parley.store.Participations;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Lists the rooms in which a user takes part, with what was said last.
final class Conversations {
  private static final int MAX_PAGE = 1_000;
  private static final int MAX_PARTICIPANTS = 200;

  private static final Comparator<Said> NEWEST_FIRST =
      Comparator.comparing(Said::at).reversed().thenComparing(Said::room);

  private final Participations participations;
  private final EventLog log;
  private final Marks marks;

  Conversations(Participations participations, EventLog log, Marks marks) {
    this.participations = participations;
    this.log = log;
    this.marks = marks;
  }

  Future<Outcome> of(UserId user, ListConversations command) {
    if (command.limit() < 1 || command.limit() > MAX_PAGE) {
      return Future.succeededFuture(
          Rejection.invalid("limit", "limit must be between 1 and " + MAX_PAGE));
    }
    if (command.offset() < 0) {
      return Future.succeededFuture(Rejection.invalid("offset", "offset must not be negative"));
    }
    return participations
        .roomsOf(user)
        .compose(rooms -> InParts.lookUp(rooms, this::lookUp))
        .map(all -> page(all, command))
        .compose(page -> InParts.lookUp(page, said -> describe(user, said)))
        .map(Reply.Conversations::new);
  }

  private static List<Said> page(List<Said> all, ListConversations command) {
    return all.stream().sorted(NEWEST_FIRST).skip(command.offset()).limit(command.limit()).toList();
  }

  private Future<Said> lookUp(RoomName room) {
    return Newest.in(log, room).map(newest -> new Said(room, newest));
  }

  private Future<Conversation> describe(UserId user, Said said) {
    Future<Long> unread =
        marks
            .get(said.room(), user)
            .map(mark -> mark.unreadOf(said.newest().map(Newest::number).orElse(0L)));
    Future<List<UserId>> participants = participations.usersOf(said.room(), MAX_PARTICIPANTS);
    return Future.all(unread, participants)
        .map(
            _ ->
                new Conversation(
                    said.room(),
                    unread.result(),
                    said.newest().map(Newest::message),
                    participants.result()));
  }

  private record Said(RoomName room, Optional<Newest> newest) {
    Instant at() {
      return newest.map(each -> each.message().message().at()).orElse(Instant.EPOCH);
    }
  }
}
