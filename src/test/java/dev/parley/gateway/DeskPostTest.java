package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.bus.FoundConnections;
import dev.parley.bus.MessageBus;
import dev.parley.bus.NodePost;
import dev.parley.cluster.Cluster;
import dev.parley.observe.Meters;
import dev.parley.protocol.ConnectionCommand;
import dev.parley.protocol.ConnectionCommand.CountOpen;
import dev.parley.protocol.ConnectionCommand.Disconnect;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.NodeId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nodes that ask each other, all on one bus.
final class DeskPostTest {
  private static final long MANY_BYTES = 1 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new Meters(registry);
  private final List<ConnectionCommand> asked = new ArrayList<>();

  /// The others, as one node sees them.
  private record Known(NodeId self, Set<NodeId> others) implements Cluster {
    @Override
    public boolean isOldest() {
      return true;
    }

    @Override
    public void onChange(Consumer<Change> listener) {
      // Nothing changes.
    }
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void answersAreSummedAndWhoIsSilentCountsAsNone() {
    answering("two", 2);
    answering("three", 3);
    DeskPost silent = desk("silent", MANY_BYTES);
    silent.serve(_ -> Promise.<FoundConnections>promise().future());
    DeskPost failing = desk("failing", MANY_BYTES);
    failing.serve(_ -> Future.failedFuture("broken"));

    DeskPost one = desk("one", MANY_BYTES, "two", "three", "silent", "failing", "gone");
    assertThat(Await.result(one.ask(new CountOpen())).count()).isEqualTo(5);
    assertThat(unanswered()).isEqualTo(3);
    assertThat(one.unansweredBytes()).isZero();
  }

  @Test
  void whatIsAboutOneConnectionIsAskedOfItsNode() {
    answering("two", 1);
    answering("three", 1);
    DeskPost one = desk("one", MANY_BYTES, "two", "three");
    Disconnect command = new Disconnect(ConnectionId.of(new NodeId("three"), 7));
    assertThat(Await.result(one.ask(command)).count()).isEqualTo(1);
    assertThat(asked).containsExactly(command);
    for (String elsewhere : List.of("one-1", "gone-1", "nonsense")) {
      assertThat(Await.result(one.ask(new Disconnect(new ConnectionId(elsewhere)))).count())
          .isZero();
    }
    assertThat(asked).hasSize(1);
    assertThat(unanswered()).isZero();
  }

  @Test
  void nobodyIsAskedWhileTooMuchWaits() {
    answering("two", 2);
    DeskPost one = desk("one", 10, "two");
    assertThat(Await.result(one.ask(new CountOpen())).count()).isZero();
    assertThat(unanswered()).isEqualTo(1);
    assertThat(one.unansweredBytes()).isZero();
  }

  @Test
  void aNodeAloneAsksNobody() {
    assertThat(Await.result(OtherDesks.NONE.ask(new CountOpen())).count()).isZero();
  }

  private void answering(String name, int count) {
    desk(name, MANY_BYTES)
        .serve(
            command -> {
              asked.add(command);
              return Future.succeededFuture(FoundConnections.of(count));
            });
  }

  private DeskPost desk(String name, long maxBytes, String... others) {
    NodeId self = new NodeId(name);
    NodePost post = MessageBus.nodePost(vertx, self);
    Await.result(post.open());
    Set<NodeId> known = Set.copyOf(List.of(others).stream().map(NodeId::new).toList());
    return new DeskPost(new Known(self, known), post, maxBytes, meters);
  }

  private double unanswered() {
    return registry.get("parley.nodes.unanswered").functionCounter().count();
  }
}
