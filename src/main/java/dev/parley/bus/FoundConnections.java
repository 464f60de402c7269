package dev.parley.bus;

import dev.parley.protocol.OpenConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What was found of connections: by one loop, one node, or several.
///
/// @param listed the first ones by id, if they were asked for
public record FoundConnections(int count, List<OpenConnection> listed) {
  public static final FoundConnections NONE = new FoundConnections(0, List.of());

  public FoundConnections {
    listed = List.copyOf(listed);
  }

  public static FoundConnections of(int count) {
    return new FoundConnections(count, List.of());
  }

  /// Both together.
  public FoundConnections and(FoundConnections other) {
    if (listed.isEmpty() && other.listed.isEmpty()) {
      return of(count + other.count);
    }
    List<OpenConnection> all = new ArrayList<>(listed);
    all.addAll(other.listed);
    all.sort(Comparator.comparing(OpenConnection::id));
    return new FoundConnections(count + other.count, all);
  }
}
