package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.bus.MessageBus;
import dev.parley.bus.NodePost;
import dev.parley.cluster.Rows.Cause;
import dev.parley.kit.SimulatedCluster;
import dev.parley.protocol.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of very many rows when their node goes.
final class RowsOfAGoneNodeTest {
  private static final NodeId ONE = new NodeId("n1");
  private static final NodeId OTHER = new NodeId("n2");
  private static final int MANY = 3_000;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final SimulatedCluster cluster = new SimulatedCluster();
  private final List<Integer> parts = new ArrayList<>();
  private final List<Cause> causes = new ArrayList<>();
  private final Rows rows = start(ONE);

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void theyAreForgottenInPartsBetweenWhichTheLoopDoesOtherWork() {
    startTheOther();
    run(() -> cluster.remove(OTHER));
    Await.until(() -> rows.count("key") == 0, "none of them counts");
    Await.until(() -> causes(Cause.LEFT) == MANY, "all are forgotten");
    assertThat(parts).hasSizeGreaterThan(4).allMatch(part -> part <= 500);
  }

  @Test
  void aNodeThatIsBackBeforeAllIsForgottenIsReadAfterThat() {
    startTheOther();
    run(
        () -> {
          cluster.split(Set.of(OTHER));
          cluster.heal();
        });
    Await.until(() -> causes(Cause.READ) == MANY, "all are read");
    assertThat(causesInOrder()).containsExactly(Cause.LEFT, Cause.READ);
    assertThat(rows.count("key")).isEqualTo(MANY);
    assertThat(rows.isCurrent(OTHER)).isTrue();
  }

  /// Hears of its rows, and forgets what that took.
  private void startTheOther() {
    run(() -> cluster.add(ONE));
    Rows other = start(OTHER);
    for (int i = 0; i < MANY; i++) {
      other.put("key" + i, "value");
    }
    run(() -> cluster.add(OTHER));
    Await.until(() -> rows.count("key") == MANY, "all are known");
    run(this::listen);
  }

  private void listen() {
    rows.onChange(
        changes -> {
          synchronized (causes) {
            parts.add(changes.size());
            changes.forEach(change -> causes.add(change.cause()));
          }
        });
  }

  private long causes(Cause cause) {
    synchronized (causes) {
      return causes.stream().filter(cause::equals).count();
    }
  }

  /// Each once for those that come one after the other.
  private List<Cause> causesInOrder() {
    synchronized (causes) {
      List<Cause> order = new ArrayList<>();
      causes.stream()
          .filter(cause -> order.isEmpty() || order.getLast() != cause)
          .forEach(order::add);
      return order;
    }
  }

  private Rows start(NodeId id) {
    NodePost post = MessageBus.nodePost(vertx, id);
    Rows started = new Rows(vertx, cluster.view(id), post, context, Duration.ofMillis(5));
    Await.result(post.open());
    Await.result(started.start(Duration.ofSeconds(5)));
    return started;
  }

  private void run(Runnable work) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        _ -> {
          work.run();
          done.complete();
        });
    Await.result(done.future());
  }
}
