package dev.parley.notifications;

import dev.parley.protocol.EventJson;
import dev.parley.protocol.Notification;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.StreamId;
import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.AppendResult;
import dev.parley.store.EventLog;
import dev.parley.store.EventLog.Head;
import dev.parley.store.StoreUnavailableException;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Appends notifications. What is to go to one stream waits for the append that is under way, then
/// goes together; whoever else appends to it, on any node, is met by the expected seq, which is
/// part of the ids. Belongs to one thread.
final class NoticeWriter {
  private static final int MAX_ATTEMPTS = 16;

  private final EventLog log;
  private final Backlog backlog;
  private final InstantSource clock;
  private final Map<StreamId, Lane> lanes = new HashMap<>();

  NoticeWriter(EventLog log, Backlog backlog, InstantSource clock) {
    this.log = log;
    this.backlog = backlog;
    this.clock = clock;
  }

  /// A notification as it is stored, and where.
  record Kept(Notification notification, Stamp stamp) {}

  /// @return empty if one with the draft's key was stored before
  Future<Optional<Kept>> write(Draft draft) {
    if (!backlog.enter()) {
      return Future.failedFuture(new RejectedException(Rejection.unavailable()));
    }
    StreamId stream = Streams.of(draft.notification().addressee());
    Lane lane = lanes.get(stream);
    return lane == null ? begin(new Lane(stream), draft) : lane.add(draft);
  }

  private Future<Optional<Kept>> begin(Lane lane, Draft draft) {
    lanes.put(lane.stream(), lane);
    Future<Optional<Kept>> written = lane.add(draft);
    proceed(lane);
    return written;
  }

  private void proceed(Lane lane) {
    if (lane.isEmpty()) {
      lanes.remove(lane.stream());
      return;
    }
    List<Draft> batch = lane.begin();
    endOf(lane)
        .compose(end -> append(lane, batch, end, 1))
        .onComplete(
            result -> {
              backlog.leave(batch.size());
              lane.conclude(result);
              proceed(lane);
            });
  }

  private Future<End> endOf(Lane lane) {
    return lane.end().map(Future::succeededFuture).orElseGet(() -> findEnd(lane.stream()));
  }

  private Future<End> findEnd(StreamId stream) {
    return log.head(stream).compose(head -> findEnd(stream, head));
  }

  private Future<End> findEnd(StreamId stream, Head head) {
    long seq = head.position().seq();
    return log.readCountedBefore(stream, seq + 1, 1)
        .map(found -> End.of(seq, found.stream().findFirst().flatMap(Notices::notification)));
  }

  private Future<List<Optional<Kept>>> append(Lane lane, List<Draft> batch, End end, int attempt) {
    if (attempt > MAX_ATTEMPTS) {
      return Future.failedFuture(
          new StoreUnavailableException("a stream changed too often to be written to"));
    }
    List<Notification> placed = place(lane.stream(), batch, end);
    return log.append(toAppend(lane.stream(), batch, placed, end))
        .compose(
            result ->
                switch (result) {
                  case AppendResult.Appended(_, boolean repeated) when repeated ->
                      Future.succeededFuture(lane.onRepeated());
                  case AppendResult.Appended(var stamps, _) ->
                      Future.succeededFuture(lane.onAppended(placed, stamps));
                  case AppendResult.Behind(var missed) when missed.isEmpty() ->
                      findEnd(lane.stream())
                          .compose(found -> append(lane, batch, found, attempt + 1));
                  case AppendResult.Behind(var missed) ->
                      append(lane, batch, end.after(missed), attempt + 1);
                  case AppendResult.Stale _ ->
                      throw new IllegalStateException("an append without puts was stale");
                });
  }

  /// With the ids and times that they have behind `end`.
  private List<Notification> place(StreamId stream, List<Draft> batch, End end) {
    List<Notification> placed = new ArrayList<>(batch.size());
    End last = end;
    for (Draft draft : batch) {
      last = last.next(clock.instant());
      placed.add(draft.as(NoticeId.of(stream, last.seq(), last.at())));
    }
    return placed;
  }

  private static Append toAppend(
      StreamId stream, List<Draft> batch, List<Notification> notifications, End end) {
    List<NewEvent> events =
        notifications.stream()
            .map(each -> new NewEvent(EventJson.encode(new NotificationCreated(each)), true))
            .toList();
    return new Append(
        stream, events, batch.getFirst().key(), OptionalLong.of(end.seq()), List.of(), List.of());
  }
}
