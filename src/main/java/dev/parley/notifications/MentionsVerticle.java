package dev.parley.notifications;

import dev.parley.bus.MessageBus;
import dev.parley.protocol.NodeId;
import dev.parley.store.Duty;
import dev.parley.store.Participations;
import dev.parley.store.PartitionRound;
import dev.parley.store.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notifies who is mentioned in chat. One node of those that share the store does it, and another
/// when that is gone; where it was is kept, so nobody is forgotten.
public final class MentionsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(MentionsVerticle.class);

  /// Well below the time for which the change feed is kept.
  private static final Duration DUTY_LENGTH = Duration.ofSeconds(15);

  private static final Duration KEPT_EVERY = Duration.ofSeconds(5);

  private final Store store;
  private final NodeId node;
  private final PartitionRound round;
  private final long roundsBetweenKeeping;
  private final FeedCursors cursors;
  private final MentionFollower follower;
  private @Nullable Duty duty;
  private OptionalLong term = OptionalLong.empty();
  private Future<Void> following = Future.succeededFuture();

  /// @param node the one it runs on
  /// @param backlog shared by all that write notifications on the node
  /// @param interval between two looks at what was posted
  public MentionsVerticle(
      MessageBus bus,
      Store store,
      NodeId node,
      Backlog backlog,
      Duration interval,
      InstantSource clock) {
    this.store = store;
    this.node = node;
    this.round = new PartitionRound(store.log().partitions(), interval);
    this.roundsBetweenKeeping = Math.max(1, KEPT_EVERY.dividedBy(interval));
    this.cursors = new FeedCursors(store.log(), store.records());
    this.follower =
        new MentionFollower(
            store.log(),
            cursors,
            new Participations(store.records()),
            new Creation(new NoticeWriter(store.log(), backlog, clock), bus, node),
            this::isHeld);
  }

  @Override
  public Future<?> start() {
    String self = node + "/" + UUID.randomUUID();
    Duty sought = Duty.seek(vertx, store.records(), "mentions", self, DUTY_LENGTH);
    store.log().onNewLife(sought::startOver);
    duty = sought;
    vertx.setPeriodic(round.stepMillis(), _ -> look());
    return cursors.begin();
  }

  @Override
  public Future<?> stop() {
    Duty held = duty;
    return following
        .otherwiseEmpty()
        .compose(_ -> cursors.keep())
        .otherwiseEmpty()
        .eventually(() -> held == null ? Future.succeededFuture() : held.close());
  }

  /// Whether this node does it now.
  public boolean isHeld() {
    Duty held = duty;
    return held != null && held.isHeld();
  }

  private void look() {
    if (isHeld() && following.isComplete()) {
      goOnWhereTheLastOneWas();
      List<Integer> partitions = round.next().boxed().toList();
      following =
          follower
              .follow(partitions)
              .compose(_ -> keepSometimes(partitions))
              .onFailure(
                  failure -> LOG.debug("mentions cannot be followed: {}", failure.getMessage()));
    }
  }

  /// Whoever has the duty anew reads how far it was done.
  private void goOnWhereTheLastOneWas() {
    OptionalLong now = duty == null ? OptionalLong.empty() : duty.term();
    if (!now.equals(term)) {
      term = now;
      cursors.forget();
    }
  }

  private Future<Void> keepSometimes(List<Integer> partitions) {
    return round.number() % roundsBetweenKeeping == 0
        ? cursors.keep(partitions)
        : Future.succeededFuture();
  }
}
