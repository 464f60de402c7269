package dev.parley.cluster;

import dev.parley.cluster.RowsDelta.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// What this node says about itself. What is written waits, the newest of each key, until
/// [#takeDelta] makes it a version. Pure; whoever owns it guards it.
final class OwnRows {
  private final String run;
  private final NavigableMap<String, Row> rows = new TreeMap<>();
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private long version;

  /// @param run names this run of the node
  OwnRows(String run) {
    this.run = run;
  }

  private record Waiting(Optional<String> value, boolean quiet) {}

  void put(String key, String value) {
    put(key, value, false);
  }

  /// @param quiet others are known that say so already
  void put(String key, String value, boolean quiet) {
    waiting.put(key, new Waiting(Optional.of(value), quiet));
  }

  /// @param quiet others are known that still say so
  void remove(String key, boolean quiet) {
    waiting.put(key, new Waiting(Optional.empty(), quiet));
  }

  /// Whether this node says it, told or not yet.
  boolean says(String key) {
    Waiting newest = waiting.get(key);
    return newest == null ? rows.containsKey(key) : newest.value().isPresent();
  }

  /// Makes what waits, up to `limit` rows, the next version; with nothing waiting it only tells the
  /// version.
  RowsDelta takeDelta(int limit) {
    long from = version;
    List<Written> written = new ArrayList<>();
    var each = waiting.entrySet().iterator();
    while (each.hasNext() && written.size() < limit) {
      var entry = each.next();
      each.remove();
      write(entry.getKey(), entry.getValue()).ifPresent(written::add);
    }
    return new RowsDelta(run, from, version, written);
  }

  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  /// What does not change anything is not told.
  private Optional<Written> write(String key, Waiting newest) {
    Optional<String> value = newest.value();
    Row before = rows.get(key);
    if (Optional.ofNullable(before).map(Row::value).equals(value)) {
      return Optional.empty();
    }
    version++;
    value.ifPresentOrElse(text -> rows.put(key, new Row(version, text)), () -> rows.remove(key));
    return Optional.of(new Written(key, version, value, newest.quiet()));
  }

  RowsPage page(String after, int limit) {
    List<Written> page = new ArrayList<>();
    for (Map.Entry<String, Row> entry : rows.tailMap(after, false).entrySet()) {
      if (page.size() == limit) {
        return new RowsPage(run, version, page, false);
      }
      Row row = entry.getValue();
      page.add(new Written(entry.getKey(), row.version(), Optional.of(row.value())));
    }
    return new RowsPage(run, version, page, true);
  }
}
