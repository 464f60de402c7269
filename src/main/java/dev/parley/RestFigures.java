package dev.parley;

import dev.parley.observe.AllFigures;
import dev.parley.observe.NodeFigures;
import dev.parley.observe.RoomActivity;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.RoomKind;
import dev.parley.protocol.RoomName;
import dev.parley.rest.Figures;
import dev.parley.rest.Figures.Latency;
import dev.parley.rest.Figures.OfNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The figures of all nodes, in the form that REST tells them: users and rooms as all nodes know
/// them together, memory of the node that is asked.
final class RestFigures implements Figures.Source {
  private final Vertx vertx;
  private final ClusterFigures everywhere;
  private final LongSupplier users;
  private final Supplier<Map<RoomKind, Long>> rooms;
  private Optional<Made> newest = Optional.empty();

  /// @param users who are online anywhere
  /// @param rooms with members anywhere; may take its time
  RestFigures(
      Vertx vertx,
      ClusterFigures everywhere,
      LongSupplier users,
      Supplier<Map<RoomKind, Long>> rooms) {
    this.vertx = vertx;
    this.everywhere = everywhere;
    this.users = users;
    this.rooms = rooms;
  }

  @Override
  public Future<Figures> now() {
    return everywhere.now().compose(this::toFiguresOnce);
  }

  private synchronized Future<Figures> toFiguresOnce(AllFigures all) {
    Made made =
        newest
            .filter(before -> before.of().equals(all))
            .orElseGet(() -> new Made(all, vertx.executeBlocking(() -> toFigures(all), false)));
    newest = Optional.of(made);
    return made.figures();
  }

  @Override
  public Future<Map<RoomName, RoomActivity>> activity(List<RoomName> wanted) {
    return everywhere.of(wanted);
  }

  private Figures toFigures(AllFigures all) {
    NodeFigures sum = all.together().withUsers(users.getAsLong()).withRooms(rooms.get());
    return new Figures(
        sum.totalConnections(),
        sum.authenticatedConnections(),
        sum.uniqueUsers(),
        sum.rooms(),
        sum.messagesSent(),
        sum.messagesReceived(),
        sum.messagesPerSecond(),
        Duration.ofSeconds(sum.uptimeSeconds()),
        sum.maxConnectionsPerUser(),
        sum.connectionsByDialect(),
        words(sum.roomsByKind(), RoomKind::word),
        words(sum.messagesByRoomKind(), RoomKind::word),
        words(sum.errorsByCode(), ErrorCode::name),
        latencies(sum),
        nodes(all),
        memory(all.own()));
  }

  private static <K> SortedMap<String, Long> words(Map<K, Long> counts, Function<K, String> word) {
    SortedMap<String, Long> words = new TreeMap<>();
    counts.forEach((key, count) -> words.put(word.apply(key), count));
    return words;
  }

  private static SortedMap<String, Latency> latencies(NodeFigures figures) {
    SortedMap<String, Latency> latencies = new TreeMap<>();
    figures
        .latencies()
        .forEach(
            (name, its) ->
                latencies.put(
                    name,
                    new Latency(
                        its.count(),
                        its.mean().orElse(Duration.ZERO),
                        its.percentile(50),
                        its.percentile(95),
                        its.percentile(99))));
    return latencies;
  }

  private static SortedMap<String, OfNode> nodes(AllFigures all) {
    SortedMap<String, OfNode> nodes = new TreeMap<>();
    for (Map.Entry<NodeId, NodeFigures> each : all.byNode().entrySet()) {
      NodeFigures its = each.getValue();
      nodes.put(
          each.getKey().value(),
          new OfNode(
              its.totalConnections(),
              its.authenticatedConnections(),
              its.messagesSent(),
              its.messagesReceived(),
              Duration.ofSeconds(its.uptimeSeconds())));
    }
    return nodes;
  }

  private static Figures.Memory memory(NodeFigures own) {
    return new Figures.Memory(own.heapUsed(), Runtime.getRuntime().totalMemory(), own.heapMax());
  }

  private record Made(AllFigures of, Future<Figures> figures) {}
}
