package dev.parley.store;

import dev.parley.protocol.Position;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.StreamId;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.Append.Revision;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Belongs to the store's one thread, but for the methods of the port.
final class MemoryLog implements EventLog {
  private static final String EPOCH = "memory";

  private final MemoryStore store;
  private final MemoryRecords records;
  private final Map<StreamId, List<StoredEvent>> streams = new HashMap<>();
  private final Map<List<Object>, List<Stamp>> keys = new HashMap<>();
  private final List<Change> feed = new ArrayList<>();

  MemoryLog(MemoryStore store, MemoryRecords records) {
    this.store = store;
    this.records = records;
  }

  @Override
  public Future<AppendResult> append(Append append) {
    return store.call(() -> add(append));
  }

  private AppendResult add(Append append) {
    List<StoredEvent> stream = in(append.stream());
    var first = append.key().map(key -> keys.get(List.of(append.stream(), key)));
    if (first.isPresent()) {
      return new AppendResult.Appended(first.get(), true);
    }
    int expected = (int) append.expectedSeq().orElse(stream.size());
    if (expected != stream.size()) {
      return new AppendResult.Behind(stream.subList(expected, stream.size()));
    }
    if (!append.revisions().stream().allMatch(change -> fits(stream, change))
        || !append.puts().stream()
            .allMatch(put -> records.matches(append.stream(), put.key(), put.expectedVersion()))) {
      return new AppendResult.Stale();
    }
    return write(append, stream);
  }

  private AppendResult write(Append append, List<StoredEvent> stream) {
    append.revisions().forEach(change -> revise(stream, change));
    List<Stamp> stamps = append.events().stream().map(event -> add(stream, event)).toList();
    for (var put : append.puts()) {
      var _ = records.write(append.stream(), put.key(), put.value(), stream.size());
    }
    append.key().ifPresent(key -> keys.put(List.of(append.stream(), key), stamps));
    boolean plain = append.events().stream().allMatch(Append.NewEvent::plain);
    feed.add(new Change(append.stream(), stream.size(), plain));
    return new AppendResult.Appended(stamps, false);
  }

  private static boolean fits(List<StoredEvent> stream, Revision change) {
    return change.seq() >= 1
        && change.seq() <= stream.size()
        && stream.get((int) change.seq() - 1).revision() == change.revision();
  }

  private static void revise(List<StoredEvent> stream, Revision change) {
    int index = (int) change.seq() - 1;
    StoredEvent old = stream.get(index);
    byte[] payload = change.payload().clone();
    stream.set(index, new StoredEvent(old.stamp(), old.revision() + 1, old.counted(), payload));
  }

  private static Stamp add(List<StoredEvent> stream, NewEvent event) {
    long number = stream.isEmpty() ? 0 : stream.getLast().stamp().number();
    Stamp stamp =
        new Stamp(
            new Position(EPOCH, stream.size() + 1L),
            stream.isEmpty() ? "" : EPOCH,
            event.counted() ? number + 1 : number);
    stream.add(new StoredEvent(stamp, 0, event.counted(), event.payload().clone()));
    return stamp;
  }

  @Override
  public Future<List<StoredEvent>> read(StreamId stream, long after, int limit) {
    return store.call(() -> select(in(stream), event -> event.seq() > after, limit));
  }

  @Override
  public Future<List<StoredEvent>> readCountedBefore(StreamId stream, long before, int limit) {
    return store.call(
        () ->
            select(in(stream).reversed(), event -> event.counted() && event.seq() < before, limit));
  }

  @Override
  public Future<List<StoredEvent>> readCountedAfter(StreamId stream, long after, int limit) {
    return store.call(
        () -> select(in(stream), event -> event.counted() && event.seq() > after, limit));
  }

  private static List<StoredEvent> select(
      List<StoredEvent> events, Predicate<StoredEvent> wanted, int limit) {
    return events.stream().filter(wanted).limit(limit).toList();
  }

  @Override
  public Future<Check> check(StreamId stream, Position position) {
    return store.call(() -> isGood(in(stream), position) ? Check.GOOD : Check.LOST);
  }

  private static boolean isGood(List<StoredEvent> stream, Position position) {
    return position.equals(Position.START)
        || (position.epoch().equals(EPOCH) && position.seq() <= stream.size());
  }

  @Override
  public Future<Long> bytesAfter(StreamId stream, long after) {
    return store.call(
        () -> in(stream).stream().skip(after).mapToLong(event -> event.payload().length).sum());
  }

  @Override
  public Future<Head> head(StreamId stream) {
    return store.call(() -> headOf(in(stream)));
  }

  private static Head headOf(List<StoredEvent> stream) {
    if (stream.isEmpty()) {
      return Head.EMPTY;
    }
    Stamp last = stream.getLast().stamp();
    return new Head(last.position(), last.number());
  }

  @Override
  public int partitions() {
    return 1;
  }

  @Override
  public Future<Changes> changes(int partition, long cursor, int limit) {
    return store.call(() -> changes((int) cursor, limit));
  }

  private Changes changes(int cursor, int limit) {
    int end = Math.min(feed.size(), cursor + limit);
    return new Changes(feed.subList(cursor, end), end, false);
  }

  @Override
  public Future<Long> changesHead(int partition) {
    return store.call(() -> (long) feed.size());
  }

  @Override
  public Future<Void> trim(StreamId stream, long upTo) {
    return Future.failedFuture(new UnsupportedOperationException("memory is not trimmed"));
  }

  private List<StoredEvent> in(StreamId stream) {
    return streams.computeIfAbsent(stream, _ -> new ArrayList<>());
  }
}
