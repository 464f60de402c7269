package dev.parley.store;

import dev.parley.protocol.Position;
import dev.parley.protocol.StreamId;
import io.vertx.core.Future;
import java.util.List;

/// Streams of events. Each stream has one order, `seq` 1, 2, 3… without gaps, whoever appends.
///
/// A call that the store cannot serve fails with [StoreUnavailableException]; whether an append
/// that failed so was stored is unknown, and repeating it with its key is safe.
public interface EventLog {
  /// Adds events to the end of a stream, with all that the append carries, or nothing at all.
  ///
  /// Durable when the future completes. Appends of one stream made by one node in an order are
  /// stored in that order, and their futures complete in it; nobody needs to await one before
  /// making the next.
  Future<AppendResult> append(Append append);

  /// Events after `after`, ascending, at most `limit` (1–1,000); fewer only at the end of the
  /// stream.
  Future<List<StoredEvent>> read(StreamId stream, long after, int limit);

  /// Counted events (messages) before `before`, newest first, at most `limit` (1–1,000).
  Future<List<StoredEvent>> readCountedBefore(StreamId stream, long before, int limit);

  /// Counted events (messages) after `after`, ascending, at most `limit` (1–1,000).
  Future<List<StoredEvent>> readCountedAfter(StreamId stream, long after, int limit);

  /// Whether everything after `position` can still be read, and is the continuation of what was
  /// seen there.
  Future<Check> check(StreamId stream, Position position);

  /// How many bytes of payload follow `after`; at least looked at up to 10,000 events.
  Future<Long> bytesAfter(StreamId stream, long after);

  /// The newest event's position; [Head#EMPTY] for a stream never written.
  Future<Head> head(StreamId stream);

  /// How many change feeds there are; a stream belongs to one of them.
  int partitions();

  /// What was appended to the streams of a partition after `cursor`, in the order in which it
  /// became durable. Every append is in it, atomically. A cursor older than what is kept answers
  /// [Changes#truncated()].
  Future<Changes> changes(int partition, long cursor, int limit);

  /// The cursor behind everything appended until now.
  Future<Long> changesHead(int partition);

  /// Forgets events up to and with `upTo`. Positions before it count as trimmed.
  ///
  /// The store itself does that, a part at a time, to events of rooms older than
  /// `store.messages.keep` and to those of users and of notifications for several that are older
  /// than `store.notifications.keep`.
  Future<Void> trim(StreamId stream, long upTo);

  /// Has `reaction` called, on any thread, whenever the store's history may have been replaced by
  /// another while it is open (a failover, a restart): what was delivered may be lost, so every
  /// live stream's position is to be checked. A store of one process never calls it.
  default void onNewLife(Runnable reaction) {}

  /// How a position compares with the stream.
  enum Check {
    /// All after it can be read, and continues it.
    GOOD,
    /// It belongs to a history that the store lost. Start anew.
    LOST,
    /// What came after it is no longer kept. Start anew.
    TRIMMED
  }

  /// @param number counted events up to here
  record Head(Position position, long number) {
    public static final Head EMPTY = new Head(Position.START, 0);
  }

  /// @param cursor give it back for what follows
  /// @param truncated changes were missed: check every live stream
  record Changes(List<Change> changes, long cursor, boolean truncated) {
    public Changes {
      changes = List.copyOf(changes);
    }
  }

  /// A stream has events up to `seq`.
  ///
  /// @param plain whether there was nothing else in the append, or in its event `seq`
  record Change(StreamId stream, long seq, boolean plain) {}
}
