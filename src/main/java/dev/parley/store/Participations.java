package dev.parley.store;

import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.Records.PutResult;
import dev.parley.store.Records.StoredRecord;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Who takes part in which room: kept across disconnects, ended by an explicit leave.
///
/// Each participation is two records, one under the room (who takes part here?) and one under the
/// user (where do I take part?). They lie in different scopes, so a crash can leave one without the
/// other; beginning or ending it again mends that.
public final class Participations {
  private static final String PREFIX = "part/";
  private static final int PAGE = 1_000;

  /// More rooms than that are not listed for one user.
  static final int MAX_ROOMS = 10_000;

  private final Records records;

  public Participations(Records records) {
    this.records = records;
  }

  /// The user takes part from now on.
  ///
  /// @return whether they did not before
  public Future<Boolean> begin(RoomName room, UserId user, Instant at) {
    byte[] value = new JsonObject().put("since", at.toString()).toBuffer().getBytes();
    Future<PutResult> here = create(StreamId.of(room), user.value(), value);
    Future<PutResult> there = create(StreamId.of(user), room.value(), value);
    return Future.all(here, there).map(_ -> isNew(here.result()) || isNew(there.result()));
  }

  /// The user takes part no longer; no error if they did not.
  public Future<Void> end(RoomName room, UserId user) {
    Future<Void> here = records.remove(StreamId.of(room), PREFIX + user);
    Future<Void> there = records.remove(StreamId.of(user), PREFIX + room);
    return Future.all(here, there).mapEmpty();
  }

  public Future<Boolean> has(RoomName room, UserId user) {
    return records.get(StreamId.of(room), PREFIX + user).map(Optional::isPresent);
  }

  /// The first participants of a room, by id.
  ///
  /// @param limit 1–1,000
  public Future<List<UserId>> usersOf(RoomName room, int limit) {
    return records
        .scan(StreamId.of(room), PREFIX, "", limit)
        .map(page -> page.stream().map(found -> new UserId(nameIn(found))).toList());
  }

  /// The rooms in which a user takes part, by name.
  public Future<List<RoomName>> roomsOf(UserId user) {
    return of(user).map(rooms -> rooms.stream().map(Participation::room).toList());
  }

  /// The rooms in which a user takes part, by name, and since when.
  public Future<List<Participation>> of(UserId user) {
    return addPage(user, "", new ArrayList<>());
  }

  /// A user takes part in a room.
  public record Participation(RoomName room, Instant since) {
    private static Participation of(StoredRecord found) {
      Instant since =
          Instant.parse(new JsonObject(Buffer.buffer(found.value())).getString("since"));
      return new Participation(new RoomName(nameIn(found)), since);
    }
  }

  private Future<List<Participation>> addPage(
      UserId user, String after, List<Participation> rooms) {
    return records
        .scan(StreamId.of(user), PREFIX, after, PAGE)
        .compose(page -> addRooms(user, page, rooms));
  }

  private Future<List<Participation>> addRooms(
      UserId user, List<StoredRecord> page, List<Participation> rooms) {
    page.forEach(found -> rooms.add(Participation.of(found)));
    return page.size() < PAGE || rooms.size() >= MAX_ROOMS
        ? Future.succeededFuture(rooms)
        : addPage(user, page.getLast().key(), rooms);
  }

  private Future<PutResult> create(StreamId scope, String name, byte[] value) {
    return records.put(scope, PREFIX + name, value, OptionalLong.of(0), Optional.empty());
  }

  private static String nameIn(StoredRecord found) {
    return found.key().substring(PREFIX.length());
  }

  private static boolean isNew(PutResult result) {
    return switch (result) {
      case PutResult.Written _ -> true;
      case PutResult.Stale _ -> false;
    };
  }
}
