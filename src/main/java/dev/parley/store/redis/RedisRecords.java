package dev.parley.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.protocol.StreamId;
import dev.parley.store.Append.RecordPut;
import dev.parley.store.Records;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The records: a hash for each scope, and its keys in an index by bytes, which is by code points.
/// Time is Redis's.
final class RedisRecords implements Records {
  private static final int PAGE_BYTES = 1 << 20;
  private static final byte[] BEHIND_UTF_8 = {(byte) 0xff};

  private final Links links;
  private final Operations operations;

  RedisRecords(Links links, Operations operations) {
    this.links = links;
    this.operations = operations;
  }

  @Override
  public Future<Optional<StoredRecord>> get(StreamId scope, String key) {
    int partition = Partitions.of(scope);
    Arguments arguments = links.call(Script.GET, partition).add(scope.value()).add(key);
    return links.read(
        partition,
        arguments,
        found -> Optional.ofNullable(found).map(present -> Replies.record(key, present)));
  }

  @Override
  public Future<List<StoredRecord>> scan(StreamId scope, String prefix, String after, int limit) {
    RedisLog.ensureLimit(limit);
    return add(new Scan(scope, prefix, limit), new ArrayList<>(), after);
  }

  private Future<List<StoredRecord>> add(Scan scan, List<StoredRecord> found, String after) {
    int partition = Partitions.of(scan.scope());
    Arguments arguments =
        links
            .call(Script.SCAN, partition)
            .add(scan.scope().value())
            .add(from(scan.prefix(), after))
            .add(to(scan.prefix()))
            .add(scan.limit() - found.size())
            .add(PAGE_BYTES);
    return links
        .read(
            partition,
            arguments,
            Links.present(r -> new Page(Replies.records(r.get(1)), r.get(0).toInteger() == 1)))
        .compose(page -> goOn(scan, found, page));
  }

  private Future<List<StoredRecord>> goOn(Scan scan, List<StoredRecord> found, Page page) {
    found.addAll(page.records());
    return page.more() && !page.records().isEmpty() && found.size() < scan.limit()
        ? add(scan, found, found.getLast().key())
        : Future.succeededFuture(found);
  }

  @Override
  public Future<PutResult> put(
      StreamId scope,
      String key,
      byte[] value,
      OptionalLong expectedVersion,
      Optional<Instant> expiresAt) {
    RecordPut put = new RecordPut(key, value, expectedVersion);
    int partition = Partitions.of(scope);
    Arguments arguments =
        links
            .call(Script.PUT, partition)
            .add(scope.value())
            .add(operations.next())
            .add(put.key())
            .add(expectedVersion.isPresent() ? "" + expectedVersion.getAsLong() : "")
            .add(expiresAt.map(at -> Math.max(1, at.toEpochMilli())).orElse(0L))
            .add(put.value());
    return links.write(
        partition,
        (long) value.length + key.length(),
        arguments,
        Links.present(r -> result(key, r)));
  }

  @Override
  public Future<Void> remove(StreamId scope, String key) {
    int partition = Partitions.of(scope);
    Arguments arguments =
        links.call(Script.REMOVE, partition).add(scope.value()).add(operations.next()).add(key);
    return links
        .write(partition, key.length(), arguments, Links.present(r -> r.toInteger()))
        .mapEmpty();
  }

  /// The version; or 0, and what is there instead, if anything.
  private static PutResult result(String key, Response response) {
    long version = response.get(0).toLong();
    if (version > 0) {
      return new PutResult.Written(version);
    }
    Optional<Response> current =
        response.size() > 1 ? Optional.ofNullable(response.get(1)) : Optional.empty();
    return new PutResult.Stale(current.map(found -> Replies.record(key, found)));
  }

  /// The lower bound, as `ZRANGEBYLEX` has it: the prefix itself, or behind a key that lies
  /// further.
  private static byte[] from(String prefix, String after) {
    byte[] start = prefix.getBytes(UTF_8);
    byte[] last = after.getBytes(UTF_8);
    if (last.length > 0 && Arrays.compareUnsigned(last, start) >= 0) {
      return concat('(', last, new byte[0]);
    }
    return start.length == 0 ? "-".getBytes(UTF_8) : concat('[', start, new byte[0]);
  }

  /// Before the first text behind all that begin with the prefix; no UTF-8 text has the byte 0xff.
  private static byte[] to(String prefix) {
    return prefix.isEmpty()
        ? "+".getBytes(UTF_8)
        : concat('(', prefix.getBytes(UTF_8), BEHIND_UTF_8);
  }

  private static byte[] concat(char bound, byte[] text, byte[] end) {
    byte[] all = new byte[1 + text.length + end.length];
    all[0] = (byte) bound;
    System.arraycopy(text, 0, all, 1, text.length);
    System.arraycopy(end, 0, all, 1 + text.length, end.length);
    return all;
  }

  private record Scan(StreamId scope, String prefix, int limit) {}

  /// @param more whether there may be more
  private record Page(List<StoredRecord> records, boolean more) {}
}
