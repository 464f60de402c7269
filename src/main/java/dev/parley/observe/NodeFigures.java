package dev.parley.observe;

import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.RoomKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/// What goes on at one node, at one moment. What is counted is counted since its start.
///
/// @param totalConnections that are open, authenticated or not
/// @param uniqueUsers who are online by connections to this node
/// @param maxConnectionsPerUser of the user who has most of them here
/// @param roomsByKind rooms with members at this node
/// @param messagesSent frames written
/// @param messagesReceived frames read
/// @param messagesPerSecond both together, over the last minute
/// @param messagesByRoomKind what was sent to rooms from this node, whoever heard it: chat
///   messages, broadcasts, what verticles sent
/// @param connectionsByDialect open ones
/// @param errorsByCode commands refused or failed; without those that never were
/// @param latencies of commands, by their names, from arrival to answer
/// @param heapUsed bytes
public record NodeFigures(
    NodeId node,
    long totalConnections,
    long authenticatedConnections,
    long uniqueUsers,
    long maxConnectionsPerUser,
    Map<RoomKind, Long> roomsByKind,
    long messagesSent,
    long messagesReceived,
    double messagesPerSecond,
    long uptimeSeconds,
    Map<RoomKind, Long> messagesByRoomKind,
    SortedMap<String, Long> connectionsByDialect,
    Map<ErrorCode, Long> errorsByCode,
    SortedMap<String, Latency> latencies,
    long heapUsed,
    long heapMax) {
  public NodeFigures {
    roomsByKind = copy(RoomKind.class, roomsByKind);
    messagesByRoomKind = copy(RoomKind.class, messagesByRoomKind);
    connectionsByDialect = Collections.unmodifiableSortedMap(new TreeMap<>(connectionsByDialect));
    errorsByCode = copy(ErrorCode.class, errorsByCode);
    latencies = Collections.unmodifiableSortedMap(new TreeMap<>(latencies));
  }

  public long rooms() {
    return roomsByKind.values().stream().mapToLong(Long::longValue).sum();
  }

  public double meanConnectionsPerUser() {
    return uniqueUsers == 0 ? 0 : (double) authenticatedConnections / uniqueUsers;
  }

  /// With how many users are online, from who knows better.
  public NodeFigures withUsers(long users) {
    return new NodeFigures(
        node,
        totalConnections,
        authenticatedConnections,
        users,
        maxConnectionsPerUser,
        roomsByKind,
        messagesSent,
        messagesReceived,
        messagesPerSecond,
        uptimeSeconds,
        messagesByRoomKind,
        connectionsByDialect,
        errorsByCode,
        latencies,
        heapUsed,
        heapMax);
  }

  /// With how many rooms have members, from who knows better.
  public NodeFigures withRooms(Map<RoomKind, Long> rooms) {
    return new NodeFigures(
        node,
        totalConnections,
        authenticatedConnections,
        uniqueUsers,
        maxConnectionsPerUser,
        rooms,
        messagesSent,
        messagesReceived,
        messagesPerSecond,
        uptimeSeconds,
        messagesByRoomKind,
        connectionsByDialect,
        errorsByCode,
        latencies,
        heapUsed,
        heapMax);
  }

  /// Added up, in this node's name. Users and rooms that both have count twice; of connections per
  /// user it is the greater, and of times the longer.
  public NodeFigures and(NodeFigures other) {
    return new NodeFigures(
        node,
        totalConnections + other.totalConnections,
        authenticatedConnections + other.authenticatedConnections,
        uniqueUsers + other.uniqueUsers,
        Math.max(maxConnectionsPerUser, other.maxConnectionsPerUser),
        sum(roomsByKind, other.roomsByKind, Long::sum),
        messagesSent + other.messagesSent,
        messagesReceived + other.messagesReceived,
        messagesPerSecond + other.messagesPerSecond,
        Math.max(uptimeSeconds, other.uptimeSeconds),
        sum(messagesByRoomKind, other.messagesByRoomKind, Long::sum),
        sum(connectionsByDialect, other.connectionsByDialect, Long::sum),
        sum(errorsByCode, other.errorsByCode, Long::sum),
        sum(latencies, other.latencies, Latency::and),
        heapUsed + other.heapUsed,
        heapMax + other.heapMax);
  }

  private static <K extends Comparable<? super K>, V> SortedMap<K, V> sum(
      Map<K, V> one, Map<K, V> other, BinaryOperator<V> plus) {
    SortedMap<K, V> sum = new TreeMap<>(one);
    other.forEach((key, value) -> sum.merge(key, value, plus));
    return sum;
  }

  private static <K extends Enum<K>> Map<K, Long> copy(Class<K> type, Map<K, Long> counts) {
    Map<K, Long> copy = new EnumMap<>(type);
    copy.putAll(counts);
    return Collections.unmodifiableMap(copy);
  }
}
