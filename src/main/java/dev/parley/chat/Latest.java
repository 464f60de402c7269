package dev.parley.chat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The newest value per key; bounded, the oldest key gives way.
final class Latest<K, V> {
  private final int capacity;
  private final Map<K, V> values = new LinkedHashMap<>();

  Latest(int capacity) {
    this.capacity = capacity;
  }

  void put(K key, V value) {
    values.put(key, value);
    if (values.size() > capacity) {
      values.remove(values.keySet().iterator().next());
    }
  }

  Optional<V> get(K key) {
    return Optional.ofNullable(values.get(key));
  }

  /// Puts back what could not be dealt with, unless there is a newer value.
  void putBack(K key, V value) {
    if (values.size() < capacity) {
      values.putIfAbsent(key, value);
    }
  }

  void remove(K key) {
    values.remove(key);
  }

  /// Takes the oldest out, at most `limit`.
  List<Map.Entry<K, V>> take(int limit) {
    List<Map.Entry<K, V>> taken = new ArrayList<>();
    Iterator<Map.Entry<K, V>> oldest = values.entrySet().iterator();
    while (oldest.hasNext() && taken.size() < limit) {
      taken.add(Map.Entry.copyOf(oldest.next()));
      oldest.remove();
    }
    return taken;
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  int size() {
    return values.size();
  }
}
