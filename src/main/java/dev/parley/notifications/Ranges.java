package dev.parley.notifications;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;

/// A set of whole numbers from 1 that only grows, as ranges: a mark, and exceptions above it.
///
/// At most [#MAX_RANGES] ranges are kept: where there would be more, the gap between the two lowest
/// is closed.
///
/// @param ranges ascending, neither touching nor overlapping
record Ranges(List<Range> ranges) {
  static final Ranges NONE = new Ranges(List.of());
  static final int MAX_RANGES = 1_000;

  Ranges {
    ranges = List.copyOf(ranges);
  }

  /// @param first included
  /// @param last included
  record Range(long first, long last) {
    private Range join(Range other) {
      return new Range(Math.min(first, other.first), Math.max(last, other.last));
    }

    private long countWithin(long from, long to) {
      return Math.max(0, Math.min(last, to) - Math.max(first, from) + 1);
    }
  }

  Ranges with(long first, long last) {
    if (first > last) {
      return this;
    }
    List<Range> all = new ArrayList<>(ranges.size() + 1);
    Range added = new Range(first, last);
    int place = 0;
    for (Range each : ranges) {
      if (each.last < added.first - 1) {
        all.add(each);
        place++;
      } else if (each.first > added.last + 1) {
        all.add(each);
      } else {
        added = added.join(each);
      }
    }
    all.add(place, added);
    if (all.size() > MAX_RANGES) {
      all.addFirst(all.removeFirst().join(all.removeFirst()));
    }
    return new Ranges(all);
  }

  boolean contains(long number) {
    for (Range each : ranges.reversed()) {
      if (each.first <= number) {
        return number <= each.last;
      }
    }
    return false;
  }

  /// Whether it has all from 1 to `number`.
  boolean hasAllUpTo(long number) {
    return number <= 0 || (!ranges.isEmpty() && ranges.getFirst().countWithin(1, number) == number);
  }

  /// How many of it lie in `from`–`to`, both included.
  long countWithin(long from, long to) {
    return ranges.stream().mapToLong(each -> each.countWithin(from, to)).sum();
  }

  /// First and last of each range, one after the other.
  JsonArray toJson() {
    JsonArray json = new JsonArray();
    ranges.forEach(each -> json.add(each.first).add(each.last));
    return json;
  }

  static Ranges of(JsonArray json) {
    List<Range> ranges = new ArrayList<>(json.size() / 2);
    for (int i = 0; i + 1 < json.size(); i += 2) {
      ranges.add(new Range(json.getLong(i), json.getLong(i + 1)));
    }
    return new Ranges(ranges);
  }
}
