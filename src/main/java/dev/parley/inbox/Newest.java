package dev.parley.inbox;

import java.util.ArrayList;
import java.util.List;

/// Chooses the newest events of several streams.
final class Newest {
  private Newest() {}

  /// The newest events of all streams together, oldest first, those of one stream in its order.
  ///
  /// @param streams each ascending
  /// @param maxBytes of all of them; the newest one always fits
  static List<Waiting> of(List<List<Waiting>> streams, int maxEvents, long maxBytes) {
    List<List<Waiting>> rest = new ArrayList<>();
    streams.stream().filter(each -> !each.isEmpty()).map(ArrayList::new).forEach(rest::add);
    List<Waiting> newestFirst = new ArrayList<>();
    long bytes = 0;
    while (!rest.isEmpty() && newestFirst.size() < maxEvents) {
      Waiting next = takeNewest(rest);
      bytes += next.bytes();
      if (bytes > maxBytes && !newestFirst.isEmpty()) {
        break;
      }
      newestFirst.add(next);
    }
    return List.copyOf(newestFirst.reversed());
  }

  private static Waiting takeNewest(List<List<Waiting>> streams) {
    List<Waiting> newest = streams.getFirst();
    for (List<Waiting> each : streams) {
      if (each.getLast().at().isAfter(newest.getLast().at())) {
        newest = each;
      }
    }
    Waiting last = newest.removeLast();
    streams.removeIf(List::isEmpty);
    return last;
  }

  /// Puts urgent ones before all others.
  static List<Waiting> urgentFirst(List<Waiting> waiting) {
    List<Waiting> ordered = new ArrayList<>(waiting.stream().filter(Waiting::isUrgent).toList());
    waiting.stream().filter(each -> !each.isUrgent()).forEach(ordered::add);
    return ordered;
  }
}
