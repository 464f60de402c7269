package dev.parley.presence;

import dev.parley.protocol.PresenceState;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.Records;
import dev.parley.store.Records.PutResult;
import dev.parley.store.Records.StoredRecord;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// When users were last online: one record per user.
final class LastSeen {
  private static final String KEY = "presence";
  private static final int AT_ONCE = 256;

  private final Records records;

  LastSeen(Records records) {
    this.records = records;
  }

  /// The state of a user who is not online.
  Future<PresenceState> of(UserId user) {
    return records
        .get(StreamId.of(user), KEY)
        .map(
            found ->
                found
                    .map(record -> toState(user, record))
                    .orElseGet(() -> PresenceState.unknown(user)));
  }

  Future<Void> keep(PresenceState state) {
    JsonObject value = new JsonObject().put("username", state.username());
    state.lastSeen().ifPresent(at -> value.put("last_seen", at.toString()));
    Future<PutResult> put =
        records.put(StreamId.of(state.user()), KEY, value.toBuffer().getBytes());
    return put.mapEmpty();
  }

  /// Keeps many, some at a time.
  Future<Void> keepAll(List<PresenceState> states) {
    if (states.isEmpty()) {
      return Future.succeededFuture();
    }
    int end = Math.min(states.size(), AT_ONCE);
    return Future.all(states.subList(0, end).stream().map(this::keep).toList())
        .compose(_ -> keepAll(states.subList(end, states.size())));
  }

  private static PresenceState toState(UserId user, StoredRecord found) {
    JsonObject value = new JsonObject(Buffer.buffer(found.value()));
    return new PresenceState(
        user,
        value.getString("username", user.value()),
        PresenceStatus.OFFLINE,
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(value.getString("last_seen")).map(Instant::parse),
        0);
  }
}
