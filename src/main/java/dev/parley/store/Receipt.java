package dev.parley.store;

import dev.parley.protocol.Position;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Which events of a stream have reached a user: all up to a place, and stretches beyond it. Only
/// grows.
///
/// @param epoch that of the last event of all
/// @param seq all up to here
/// @param beyond ascending, apart from each other and from `seq`
public record Receipt(String epoch, long seq, List<Stretch> beyond) {
  /// Nothing yet.
  public static final Receipt NONE = new Receipt("", 0, List.of());

  /// More stretches than that are not told apart: the oldest are forgotten, which is to say
  /// delivered again.
  private static final int MAX_BEYOND = 64;

  /// @param after before its first event
  public record Stretch(long after, long upTo) {}

  public Receipt {
    beyond = List.copyOf(beyond);
  }

  /// The last event of all.
  public Position last() {
    return new Position(epoch, beyond.isEmpty() ? seq : beyond.getLast().upTo());
  }

  public boolean covers(long number) {
    return number <= seq
        || beyond.stream().anyMatch(each -> each.after() < number && number <= each.upTo());
  }

  /// With the events after `after` up to a place.
  public Receipt with(long after, Position upTo) {
    if (upTo.seq() <= after) {
      return this;
    }
    String newest = upTo.seq() > last().seq() ? upTo.epoch() : epoch;
    return joined(newest, new Stretch(after, upTo.seq()));
  }

  private Receipt joined(String newest, Stretch added) {
    long end = seq;
    List<Stretch> apart = new ArrayList<>();
    for (Stretch each : sortedWith(added)) {
      if (each.after() <= end) {
        end = Math.max(end, each.upTo());
      } else if (!apart.isEmpty() && each.after() <= apart.getLast().upTo()) {
        Stretch last = apart.removeLast();
        apart.add(new Stretch(last.after(), Math.max(last.upTo(), each.upTo())));
      } else {
        apart.add(each);
      }
    }
    return new Receipt(newest, end, newestOf(apart));
  }

  private List<Stretch> sortedWith(Stretch added) {
    List<Stretch> all = new ArrayList<>(beyond);
    all.add(added);
    all.sort((one, other) -> Long.compare(one.after(), other.after()));
    return all;
  }

  private static List<Stretch> newestOf(List<Stretch> stretches) {
    return stretches.subList(Math.max(0, stretches.size() - MAX_BEYOND), stretches.size());
  }

  static Receipt read(byte[] bytes) {
    JsonObject json = new JsonObject(Buffer.buffer(bytes));
    List<Stretch> beyond = new ArrayList<>();
    JsonArray ends = json.getJsonArray("beyond", new JsonArray());
    for (int i = 0; i + 1 < ends.size(); i += 2) {
      beyond.add(new Stretch(ends.getLong(i), ends.getLong(i + 1)));
    }
    return new Receipt(json.getString("epoch"), json.getLong("seq"), beyond);
  }

  byte[] toBytes() {
    JsonObject json = new JsonObject().put("epoch", epoch).put("seq", seq);
    if (!beyond.isEmpty()) {
      JsonArray ends = new JsonArray();
      beyond.forEach(each -> ends.add(each.after()).add(each.upTo()));
      json.put("beyond", ends);
    }
    return json.toBuffer().getBytes();
  }
}
