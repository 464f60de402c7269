package dev.parley.rest;

import dev.parley.observe.RoomActivity;
import dev.parley.protocol.RoomName;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is going on, in numbers.
///
/// @param totalConnections that are open, authenticated or not
/// @param uniqueUsers who are online
/// @param rooms with members
/// @param messagesSent frames written since the start
/// @param messagesReceived frames read since the start
/// @param maxConnectionsPerUser of the user who has most
/// @param connectionsByDialect open ones
/// @param roomsByKind rooms with members, by [dev.parley.protocol.RoomKind]
/// @param messagesByRoomKind chat messages posted since the start, likewise
/// @param errorsByCode commands refused or failed since the start
/// @param latencies by what is timed
/// @param nodes each node's own part, by its id
public record Figures(
    long totalConnections,
    long authenticatedConnections,
    long uniqueUsers,
    long rooms,
    long messagesSent,
    long messagesReceived,
    double messagesPerSecond,
    Duration uptime,
    long maxConnectionsPerUser,
    SortedMap<String, Long> connectionsByDialect,
    SortedMap<String, Long> roomsByKind,
    SortedMap<String, Long> messagesByRoomKind,
    SortedMap<String, Long> errorsByCode,
    SortedMap<String, Latency> latencies,
    SortedMap<String, OfNode> nodes,
    Memory memory) {

  public Figures {
    connectionsByDialect = copy(connectionsByDialect);
    roomsByKind = copy(roomsByKind);
    messagesByRoomKind = copy(messagesByRoomKind);
    errorsByCode = copy(errorsByCode);
    latencies = copy(latencies);
    nodes = copy(nodes);
  }

  /// Where the figures come from. Any thread may ask; they may be a second old.
  public interface Source {
    Future<Figures> now();

    /// What goes on in rooms; nothing of those in which nothing does.
    ///
    /// @param rooms at most 1,000
    Future<Map<RoomName, RoomActivity>> activity(List<RoomName> rooms);
  }

  /// How long something takes: percentiles; empty if not known, as before the first.
  ///
  /// @param count how often it was timed
  public record Latency(
      long count,
      Duration mean,
      Optional<Duration> p50,
      Optional<Duration> p95,
      Optional<Duration> p99) {}

  /// @param connections that are open
  public record OfNode(
      long connections,
      long authenticatedConnections,
      long messagesSent,
      long messagesReceived,
      Duration uptime) {}

  /// Of the node that is asked, in bytes.
  public record Memory(long heapUsed, long heapCommitted, long heapMax) {}

  /// Connections per user, on average.
  double meanConnectionsPerUser() {
    return uniqueUsers == 0 ? 0 : (double) authenticatedConnections / uniqueUsers;
  }

  private static <V> SortedMap<String, V> copy(Map<String, V> map) {
    return new TreeMap<>(map);
  }
}
