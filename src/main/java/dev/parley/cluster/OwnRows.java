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

  /// @param told what was, of this and of all that it replaced
  /// @param late whether that may be heard long after the row
  /// @param evenUnchanged told also when the row is what it was
  private record Waiting(Optional<String> value, Told told, boolean late, boolean evenUnchanged) {
    static Waiting of(Optional<String> value) {
      return new Waiting(value, Told.THIS, false, false);
    }

    Optional<Boolean> saidBefore() {
      return told.said(value.isPresent());
    }
  }

  void put(String key, String value) {
    waiting.put(key, Waiting.of(Optional.of(value)));
  }

  void remove(String key) {
    waiting.put(key, Waiting.of(Optional.empty()));
  }

  /// As [#put] or [#remove], where somebody is told when the first node says it and when the last
  /// does not any more.
  ///
  /// @param told whether this node tells it
  /// @param late whether that may be heard long after the row
  void turn(String key, Optional<String> value, boolean told, boolean late) {
    boolean says = value.isPresent();
    Optional<Waiting> before = Optional.ofNullable(waiting.get(key));
    Optional<Boolean> said = told ? Optional.of(says) : before.flatMap(Waiting::saidBefore);
    boolean anyLate = late || before.filter(Waiting::late).isPresent();
    waiting.put(key, new Waiting(value, Told.of(said, says), anyLate, said.isPresent()));
  }

  /// Whether this node says it, told or not yet.
  boolean says(String key) {
    return of(key).isPresent();
  }

  /// What this node says, told or not yet.
  Optional<String> of(String key) {
    Waiting newest = waiting.get(key);
    return newest == null ? Optional.ofNullable(rows.get(key)).map(Row::value) : newest.value();
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

  /// What does not change anything is not told, unless something was told of it.
  private Optional<Written> write(String key, Waiting newest) {
    Optional<String> value = newest.value();
    Row before = rows.get(key);
    if (Optional.ofNullable(before).map(Row::value).equals(value) && !newest.evenUnchanged()) {
      return Optional.empty();
    }
    version++;
    value.ifPresentOrElse(text -> rows.put(key, new Row(version, text)), () -> rows.remove(key));
    return Optional.of(new Written(key, version, value, newest.told(), newest.late()));
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
