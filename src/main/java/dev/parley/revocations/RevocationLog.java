package dev.parley.revocations;

import dev.parley.protocol.AccessCommand;
import dev.parley.protocol.AccessCommand.BlockUser;
import dev.parley.protocol.AccessCommand.RevokeToken;
import dev.parley.protocol.AccessCommand.RevokeTokens;
import dev.parley.protocol.AccessCommand.RevokeTokensOf;
import dev.parley.protocol.AccessCommand.UnblockUser;
import dev.parley.protocol.AccessJson;
import dev.parley.protocol.StreamId;
import dev.parley.store.Append;
import dev.parley.store.Append.NewEvent;
import dev.parley.store.Append.RecordPut;
import dev.parley.store.AppendResult;
import dev.parley.store.EventLog;
import dev.parley.store.Records;
import dev.parley.store.Records.StoredRecord;
import dev.parley.store.Store;
import dev.parley.store.StoreUnavailableException;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was decided, as the store keeps it. Of one thing the newest decision is kept, of times the
/// latest; of a token until it ends by itself.
final class RevocationLog {
  static final StreamId STREAM = new StreamId("access:revocations");

  private static final Logger LOG = LoggerFactory.getLogger(RevocationLog.class);
  private static final int PAGE = 500;
  private static final int MAX_ATTEMPTS = 16;

  /// Notices; a node that was away for more reads the records.
  private static final int KEPT = 1_000;

  private static final int TRIM_STEP = 64;

  private final EventLog log;
  private final Records records;

  RevocationLog(Store store) {
    this.log = store.log();
    this.records = store.records();
  }

  /// Durable when it completes.
  Future<Void> keep(AccessCommand decided) {
    return decided instanceof RevokeToken token ? keepToken(token) : keepLatest(decided, 1);
  }

  /// All that is decided now.
  Future<List<AccessCommand>> all() {
    return addPage("", new ArrayList<>());
  }

  Future<Long> head() {
    return log.head(STREAM).map(head -> head.position().seq());
  }

  /// @param decided what could be read of them
  /// @param upTo the last of them
  /// @param complete whether none is missing before them
  record Notices(List<AccessCommand> decided, long upTo, boolean complete) {}

  /// Decisions after a place, some at a time; none at the end.
  Future<Notices> after(long seq) {
    return log.read(STREAM, seq, PAGE).map(events -> toNotices(seq, events));
  }

  private static Notices toNotices(long after, List<StoredEvent> events) {
    if (events.isEmpty()) {
      return new Notices(List.of(), after, true);
    }
    List<AccessCommand> decided =
        events.stream().map(event -> decode(event.payload())).flatMap(Optional::stream).toList();
    boolean complete = events.getFirst().seq() == after + 1;
    return new Notices(decided, events.getLast().seq(), complete);
  }

  /// The record ends by itself, which one that is put with an append cannot.
  private Future<Void> keepToken(RevokeToken token) {
    byte[] value = AccessJson.encode(token);
    return records
        .put(STREAM, keyOf(token), value, OptionalLong.empty(), token.expiresAt())
        .compose(_ -> log.append(Append.of(STREAM, new NewEvent(value, false))))
        .compose(this::trim);
  }

  private Future<Void> keepLatest(AccessCommand decided, int attempt) {
    if (attempt > MAX_ATTEMPTS) {
      return Future.failedFuture(
          new StoreUnavailableException("a revocation changed too often to be kept"));
    }
    return records
        .get(STREAM, keyOf(decided))
        .compose(found -> append(decided, found))
        .compose(
            result ->
                result instanceof AppendResult.Stale
                    ? keepLatest(decided, attempt + 1)
                    : trim(result));
  }

  private Future<AppendResult> append(AccessCommand decided, Optional<StoredRecord> found) {
    AccessCommand kept =
        found
            .flatMap(record -> decode(record.value()))
            .map(before -> latest(before, decided))
            .orElse(decided);
    byte[] value = AccessJson.encode(kept);
    OptionalLong version = OptionalLong.of(found.map(StoredRecord::version).orElse(0L));
    return log.append(
        Append.of(STREAM, new NewEvent(value, false))
            .withPuts(List.of(new RecordPut(keyOf(decided), value, version))));
  }

  /// A time that was decided never goes back.
  private static AccessCommand latest(AccessCommand before, AccessCommand decided) {
    return timeOf(before).isAfter(timeOf(decided)) ? before : decided;
  }

  private static Instant timeOf(AccessCommand decided) {
    return switch (decided) {
      case RevokeTokensOf(_, var time) -> time;
      case RevokeTokens(var time) -> time;
      case BlockUser _, UnblockUser _, RevokeToken _ -> Instant.MIN;
    };
  }

  private static String keyOf(AccessCommand decided) {
    return switch (decided) {
      case BlockUser(var user) -> "block/" + user;
      case UnblockUser(var user) -> "block/" + user;
      case RevokeToken(var id, _) -> "token/" + id;
      case RevokeTokensOf(var user, _) -> "user/" + user;
      case RevokeTokens _ -> "all";
    };
  }

  private Future<Void> trim(AppendResult result) {
    long seq = result instanceof AppendResult.Appended appended ? appended.last().seq() : 0;
    if (seq > KEPT && seq % TRIM_STEP == 0) {
      Future<Void> _ =
          log.trim(STREAM, seq - KEPT)
              .onFailure(failure -> LOG.debug("notices stay: {}", failure.getMessage()));
    }
    return Future.succeededFuture();
  }

  private Future<List<AccessCommand>> addPage(String after, List<AccessCommand> all) {
    return records
        .scan(STREAM, "", after, PAGE)
        .compose(
            page -> {
              page.forEach(record -> decode(record.value()).ifPresent(all::add));
              return page.size() < PAGE
                  ? Future.succeededFuture(all)
                  : addPage(page.getLast().key(), all);
            });
  }

  /// What only newer nodes know is passed over.
  private static Optional<AccessCommand> decode(byte[] json) {
    try {
      return Optional.of(AccessJson.decode(json));
    } catch (IllegalArgumentException e) {
      LOG.atWarn().addKeyValue("error", e.getMessage()).log("a revocation cannot be read");
      return Optional.empty();
    }
  }
}
