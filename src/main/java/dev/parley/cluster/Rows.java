package dev.parley.cluster;

import dev.parley.bus.NodePost;
import dev.parley.protocol.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What each node says about itself, at every node: texts by key. A node writes its own rows only,
/// so there is nothing to lock and no conflict. What changed is told every `interval`; the version
/// is told once a second, and who finds that it missed something reads all rows of that node again.
/// The rows of a node that is gone are gone.
///
/// Any thread may write and read; listeners are called on one context.
public final class Rows {
  private static final Logger LOG = LoggerFactory.getLogger(Rows.class);
  private static final String DELTA = "rows.delta";
  private static final String PAGE = "rows.page";
  private static final int MAX_DELTA_ROWS = 2_000;
  private static final int PAGE_ROWS = 1_000;
  private static final Duration PAGE_TIMEOUT = Duration.ofSeconds(2);
  private static final long VERSION_MILLIS = 1_000;

  private final Vertx vertx;
  private final Cluster cluster;
  private final NodePost post;
  private final Context context;
  private final long intervalMillis;
  private final OwnRows own = new OwnRows(UUID.randomUUID().toString());
  private final ConcurrentMap<NodeId, Replica> replicas = new ConcurrentHashMap<>();
  private final Set<NodeId> current = ConcurrentHashMap.newKeySet();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private long lastToldAt;
  private volatile boolean closed;

  /// @param context on which it lives
  /// @param interval how often changes are told
  public Rows(Vertx vertx, Cluster cluster, NodePost post, Context context, Duration interval) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.post = post;
    this.context = context;
    this.intervalMillis = interval.toMillis();
  }

  /// A row of another node is another one now.
  ///
  /// @param value empty: it is gone
  public record Change(NodeId node, String key, Optional<String> value) {}

  /// Begins to tell and to listen. Before it, nothing of other nodes is known.
  public void start() {
    post.on(DELTA, this::onDelta);
    post.on(PAGE, (_, question) -> Future.succeededFuture(Optional.of(answerPage(question))));
    cluster.onChange(change -> context.runOnContext(_ -> onChange(change)));
    context.runOnContext(_ -> cluster.others().forEach(this::onJoined));
    schedule();
  }

  public void close() {
    closed = true;
  }

  /// Says something about this node; the newest of a key counts.
  public void put(String key, String value) {
    synchronized (own) {
      own.put(key, value);
    }
  }

  public void remove(String key) {
    synchronized (own) {
      own.remove(key);
    }
  }

  /// What another node says under a key.
  public Optional<String> of(NodeId node, String key) {
    return Optional.ofNullable(replicas.get(node))
        .map(replica -> replica.rows().get(key))
        .map(Row::value);
  }

  /// What the other nodes say under a key; those that say nothing are left out.
  public Map<NodeId, String> all(String key) {
    Map<NodeId, String> found = new HashMap<>();
    replicas.forEach(
        (node, replica) ->
            Optional.ofNullable(replica.rows().get(key))
                .ifPresent(row -> found.put(node, row.value())));
    return found;
  }

  /// Whether all that a node said until a moment ago is known.
  public boolean isCurrent(NodeId node) {
    return current.contains(node);
  }

  /// Hears of every later change, on this object's context.
  public void onChange(Consumer<Change> listener) {
    listeners.add(listener);
  }

  private void schedule() {
    context.runOnContext(_ -> vertx.setTimer(intervalMillis, _ -> tick()));
  }

  private void tick() {
    if (closed) {
      return;
    }
    long now = System.nanoTime() / 1_000_000;
    boolean versionDue = now - lastToldAt >= VERSION_MILLIS;
    Optional<RowsDelta> delta = takeDelta(versionDue);
    if (delta.isPresent()) {
      lastToldAt = now;
      tell(delta.get());
    }
    if (versionDue) {
      replicas.forEach(this::readIfStale);
    }
    schedule();
  }

  private Optional<RowsDelta> takeDelta(boolean evenIfEmpty) {
    synchronized (own) {
      return own.hasWaiting() || evenIfEmpty
          ? Optional.of(own.takeDelta(MAX_DELTA_ROWS))
          : Optional.empty();
    }
  }

  /// Who does not get it, notices by the next.
  private void tell(RowsDelta delta) {
    Buffer letter = delta.toBuffer();
    for (NodeId node : cluster.others()) {
      Future<Void> _ =
          post.send(node, DELTA, letter)
              .onFailure(failure -> LOG.debug("rows were not told: {}", failure.getMessage()));
    }
  }

  private Future<Optional<Buffer>> onDelta(NodeId from, Buffer letter) {
    RowsDelta delta = RowsDelta.of(letter);
    context.runOnContext(_ -> take(from, delta));
    return Future.succeededFuture(Optional.empty());
  }

  private void take(NodeId from, RowsDelta delta) {
    Replica replica = replicas.get(from);
    if (replica != null) {
      report(from, replica.take(delta));
      noteWhetherCurrent(from, replica);
      readIfStale(from, replica);
    }
  }

  private Buffer answerPage(Buffer question) {
    String after = question.toJsonObject().getString("after");
    synchronized (own) {
      return own.page(after, PAGE_ROWS).toBuffer();
    }
  }

  private void onChange(Cluster.Change change) {
    switch (change) {
      case Cluster.Change.Joined(NodeId node) -> onJoined(node);
      case Cluster.Change.Left(NodeId node) -> onLeft(node);
    }
  }

  private void onJoined(NodeId node) {
    Replica replica = replicas.computeIfAbsent(node, _ -> new Replica());
    readIfStale(node, replica);
  }

  private void onLeft(NodeId node) {
    Replica replica = replicas.remove(node);
    current.remove(node);
    if (replica != null) {
      List<Replica.Changed> gone = new ArrayList<>();
      replica.rows().keySet().forEach(key -> gone.add(new Replica.Changed(key, Optional.empty())));
      report(node, gone);
    }
  }

  private void readIfStale(NodeId node, Replica replica) {
    if (replica.isStale() && !closed) {
      readPage(node, replica, replica.beginReading());
    }
  }

  private void readPage(NodeId node, Replica replica, int reading) {
    Buffer question = new JsonObject().put("after", replica.cursor()).toBuffer();
    post.ask(node, PAGE, question, PAGE_TIMEOUT)
        .onComplete(
            page -> context.runOnContext(_ -> onPage(node, replica, reading, RowsPage.of(page))),
            failure -> context.runOnContext(_ -> onUnanswered(node, replica, reading, failure)));
  }

  private void onPage(NodeId node, Replica replica, int reading, RowsPage page) {
    if (replicas.get(node) != replica) {
      return;
    }
    report(node, replica.take(reading, page));
    noteWhetherCurrent(node, replica);
    if (replica.isReading(reading)) {
      readPage(node, replica, reading);
    }
  }

  private static void onUnanswered(NodeId node, Replica replica, int reading, Throwable failure) {
    LOG.atDebug()
        .addKeyValue("node", node)
        .addKeyValue("error", failure.getMessage())
        .log("a node's rows cannot be read");
    replica.onFailed(reading);
  }

  /// After the listeners have heard what makes it so.
  private void noteWhetherCurrent(NodeId node, Replica replica) {
    if (replica.isCurrent()) {
      current.add(node);
    } else {
      current.remove(node);
    }
  }

  private void report(NodeId node, List<Replica.Changed> changed) {
    for (Replica.Changed row : changed) {
      Change change = new Change(node, row.key(), row.value());
      listeners.forEach(listener -> listener.accept(change));
    }
  }
}
