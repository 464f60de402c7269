package dev.parley.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.RoomKind;
import dev.parley.protocol.SessionCommand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class OwnFiguresTest {
  private static final long SECOND = 1_000_000_000;

  private final Meters meters = new Meters(new SimpleMeterRegistry());
  private final AtomicLong nanos = new AtomicLong(-7);
  private final OwnFigures figures =
      new OwnFigures(
          new NodeId("n1"),
          meters,
          new OwnFigures.Known(() -> 2, () -> 3, () -> Map.of(RoomKind.ORDER, 4L)),
          nanos::get);

  @Test
  void theyAreWhatWasCounted() {
    count();
    nanos.addAndGet(10 * SECOND);
    NodeFigures now = figures.now();

    assertThat(now.totalConnections()).isEqualTo(3);
    assertThat(now.authenticatedConnections()).isEqualTo(1);
    assertThat(now.uniqueUsers()).isEqualTo(2);
    assertThat(now.meanConnectionsPerUser()).isEqualTo(0.5);
    assertThat(now.maxConnectionsPerUser()).isEqualTo(3);
    assertThat(now.rooms()).isEqualTo(4);
    assertThat(now.messagesReceived()).isEqualTo(2);
    assertThat(now.messagesSent()).isEqualTo(8);
    assertThat(now.messagesPerSecond()).isEqualTo(1);
    assertThat(now.uptimeSeconds()).isEqualTo(10);
    assertThat(now.connectionsByDialect()).isEqualTo(Map.of("native", 2L, "connect", 1L));
    assertThat(now.errorsByCode()).isEqualTo(Map.of(ErrorCode.CONFLICT, 1L));
    assertThat(now.latencies()).containsOnlyKeys("ping");
    assertThat(now.heapUsed()).isBetween(1L, now.heapMax());
  }

  @Test
  void theyAreMadeAtMostOnceASecond() {
    NodeFigures first = figures.now();
    count();
    nanos.addAndGet(SECOND - 1);
    assertThat(figures.now()).isSameAs(first);
    nanos.addAndGet(1);
    assertThat(figures.now().totalConnections()).isEqualTo(3);
  }

  @Test
  void thoseOfSeveralNodesAreAddedUp() {
    count();
    NodeFigures own = figures.now();
    AllFigures all = AllFigures.of(own, List.of(named(own, "n2"), named(own, "n3")));
    NodeFigures together = all.together();

    assertThat(all.byNode()).containsOnlyKeys(new NodeId("n1"), new NodeId("n2"), new NodeId("n3"));
    assertThat(together.node()).isEqualTo(new NodeId("n1"));
    assertThat(together.totalConnections()).isEqualTo(9);
    assertThat(together.messagesSent()).isEqualTo(24);
    assertThat(together.maxConnectionsPerUser()).isEqualTo(3);
    assertThat(together.roomsByKind()).isEqualTo(Map.of(RoomKind.ORDER, 12L));
    assertThat(together.errorsByCode()).isEqualTo(Map.of(ErrorCode.CONFLICT, 3L));
    assertThat(together.latencies().getOrDefault("ping", Latency.NONE).count()).isEqualTo(3);
    assertThat(together.withUsers(5).uniqueUsers()).isEqualTo(5);
    assertThat(together.withRooms(Map.of()).rooms()).isZero();
    assertThat(AllFigures.of(own, List.of()).together()).isEqualTo(own);
  }

  private void count() {
    DialectMeters natively = meters.dialect("native");
    natively.opened();
    natively.opened();
    natively.began();
    natively.received(10);
    natively.received(10);
    natively.sent(3, 30);
    DialectMeters connect = meters.dialect("connect");
    connect.opened();
    connect.sent(5, 50);
    meters.error(ErrorCode.CONFLICT);
    meters.answered(new SessionCommand.Ping(), 1_000_000);
  }

  private static NodeFigures named(NodeFigures figures, String node) {
    return new NodeFigures(
        new NodeId(node),
        figures.totalConnections(),
        figures.authenticatedConnections(),
        figures.uniqueUsers(),
        figures.maxConnectionsPerUser(),
        figures.roomsByKind(),
        figures.messagesSent(),
        figures.messagesReceived(),
        figures.messagesPerSecond(),
        figures.uptimeSeconds(),
        figures.messagesByRoomKind(),
        figures.connectionsByDialect(),
        figures.errorsByCode(),
        figures.latencies(),
        figures.heapUsed(),
        figures.heapMax());
  }
}
