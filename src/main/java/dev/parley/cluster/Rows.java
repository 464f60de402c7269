package dev.parley.cluster;

import dev.parley.bus.NodePost;
import dev.parley.cluster.RowsDelta.Written;
import dev.parley.cluster.Tellings.Turned;
import dev.parley.protocol.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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

  /// A node that is gone may leave very many rows: between the parts the loop does other work.
  private static final int FORGET_ROWS = 500;

  private static final long FORGET_PAUSE_MILLIS = 2;
  private static final Duration PAGE_TIMEOUT = Duration.ofSeconds(2);
  private static final long VERSION_MILLIS = 1_000;
  private static final long SILENT_MILLIS = 5 * VERSION_MILLIS;
  private static final int SETTLE_TURNS = 4;

  /// How long after its last letter a node may count as there and mend nothing.
  private static final long FAILOVER_MILLIS = 30_000;

  private final Vertx vertx;
  private final Cluster cluster;
  private final NodePost post;
  private final Context context;
  private final long intervalMillis;
  private final OwnRows own = new OwnRows(UUID.randomUUID().toString());
  private final Replicas replicas = new Replicas();
  private volatile Optional<Claims> claims = Optional.empty();
  private volatile Consumer<List<String>> settler = _ -> {};
  private final Set<NodeId> current = ConcurrentHashMap.newKeySet();
  private final Promise<Void> allCurrent = Promise.promise();
  private final List<Consumer<List<Change>>> listeners = new CopyOnWriteArrayList<>();
  private final Map<NodeId, Long> heardAt = new HashMap<>();
  private final Set<NodeId> forgetting = new HashSet<>();
  private long lastToldAt;
  private long lookedAt;
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
  /// @param before empty: it is new
  /// @param value empty: it is gone
  public record Change(
      NodeId node, String key, Optional<String> before, Optional<String> value, Cause cause) {}

  /// How a change came to be known.
  public enum Cause {
    /// Its node told it.
    TOLD,
    /// Found when all that the node says was read: at the beginning, after a split or a lost
    /// letter.
    READ,
    /// The node is gone.
    LEFT
  }

  /// Begins to tell and to listen. Before it, nothing of other nodes is known.
  ///
  /// @return completes when all is known that the nodes that are there say, or when `atMost` has
  ///   passed
  public Future<Void> start(Duration atMost) {
    post.on(DELTA, this::onDelta);
    post.on(PAGE, (_, question) -> Future.succeededFuture(Optional.of(answerPage(question))));
    cluster.onChange(change -> context.runOnContext(_ -> onChange(change)));
    context.runOnContext(_ -> begin());
    long timer = vertx.setTimer(Math.max(1, atMost.toMillis()), _ -> allCurrent.tryComplete());
    return allCurrent.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  private void begin() {
    cluster.others().forEach(this::onJoined);
    noteWhetherAllCurrent();
    schedule();
  }

  public void close() {
    closed = true;
  }

  /// How often changes are told.
  public Duration interval() {
    return Duration.ofMillis(intervalMillis);
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

  /// As [#put], where somebody is to be told when the first node says something under a key.
  ///
  /// @param late whether that is collected before it is told
  /// @return whether it is this one that tells: no other is known to say it
  public ToTell claim(String key, String value, boolean late) {
    return turn(key, Optional.of(value), late);
  }

  /// As [#remove], where somebody is to be told when no node says anything any more under a key.
  ///
  /// @param late whether that is collected before it is told
  /// @return whether it is this one that tells: no other is known to say it
  public ToTell release(String key, boolean late) {
    return turn(key, Optional.empty(), late);
  }

  private ToTell turn(String key, Optional<String> value, boolean late) {
    synchronized (own) {
      ToTell toTell = toTell(key, value.isPresent());
      boolean tells = toTell != ToTell.NOTHING;
      Optional<String> before = own.of(key);
      own.turn(key, value, tells, late);
      Told told = tells ? Told.THIS : Told.NOTHING;
      note(new Turned(cluster.self(), key, before, value, told, late));
      return toTell;
    }
  }

  /// One that is closing tells no end: its rows go with it.
  private ToTell toTell(String key, boolean says) {
    if (replicas.say(key) || (closed && !says)) {
      return ToTell.NOTHING;
    }
    boolean inDoubt = claims.filter(known -> known.isInDoubt(key, says)).isPresent();
    return inDoubt ? ToTell.WHATEVER_WAS_TOLD : ToTell.THE_TURN;
  }

  /// Looks after what was told of keys that are claimed and released. Each node tells by what it
  /// knows, so two that turn at once may both tell what is not so, or opposite things. When such a
  /// key has not changed for four intervals, the oldest node tells what is left to be told.
  ///
  /// @param prefix of the keys; there is one
  /// @param delay for how long what is told of them may be collected
  /// @param listener hears, on this object's context, of keys to [#settle], again until that is
  ///   done
  public void settleClaims(String prefix, Duration delay, Consumer<List<String>> listener) {
    long heard = SETTLE_TURNS + turns(delay.toMillis());
    long keep = heard + turns(VERSION_MILLIS);
    long wrong = heard + turns(FAILOVER_MILLIS);
    var tellings = new Tellings(cluster.self(), SETTLE_TURNS, heard, keep, wrong);
    settler = listener;
    claims = Optional.of(new Claims(prefix, cluster, own, replicas, tellings));
  }

  private long turns(long millis) {
    return millis / intervalMillis + 1;
  }

  /// What is left to be told of a key by this node, which tells it before it claims or releases the
  /// key again.
  public Optional<Untold> settle(String key) {
    synchronized (own) {
      return claims.flatMap(known -> known.settle(key));
    }
  }

  private void note(Turned turned) {
    synchronized (own) {
      claims.ifPresent(known -> known.note(turned));
    }
  }

  /// What another node says under a key.
  public Optional<String> of(NodeId node, String key) {
    return replicas.of(node, key);
  }

  /// What another node says under a key; of several, either.
  public Optional<String> any(String key) {
    return replicas.any(key);
  }

  /// What the other nodes say under a key; those that say nothing are left out.
  public Map<NodeId, String> all(String key) {
    return replicas.all(key);
  }

  /// What the other nodes say under the keys that begin so, in the order of the keys; of several
  /// nodes that say something under one, either.
  ///
  /// @param after the last key to leave out; the prefix itself for none
  public SortedMap<String, String> list(String prefix, String after, int limit) {
    return replicas.list(prefix, after, limit);
  }

  /// How many keys begin so and are said by other nodes. Walks through all of them.
  public int count(String prefix) {
    return replicas.count(prefix);
  }

  /// Whether all that a node said until a moment ago is known.
  public boolean isCurrent(NodeId node) {
    return current.contains(node);
  }

  /// Hears of every later change, on this object's context, in order, and some at once.
  public void onChange(Consumer<List<Change>> listener) {
    listeners.add(listener);
  }

  private void schedule() {
    context.runOnContext(_ -> vertx.setTimer(intervalMillis, _ -> tick()));
  }

  private void tick() {
    if (closed) {
      return;
    }
    long now = millis();
    boolean versionDue = now - lastToldAt >= VERSION_MILLIS;
    Optional<RowsDelta> delta = takeDelta(versionDue);
    if (delta.isPresent()) {
      lastToldAt = now;
      tell(delta.get());
    }
    if (now - lookedAt >= VERSION_MILLIS) {
      lookedAt = now;
      replicas.forEach((node, replica) -> lookAfter(node, replica, now));
    }
    settle();
    schedule();
  }

  private void settle() {
    List<String> due;
    synchronized (own) {
      due = claims.map(known -> known.turn(isAllCurrent())).orElse(List.of());
    }
    if (!due.isEmpty()) {
      settler.accept(due);
    }
  }

  /// A node tells something every second; if nothing comes, its letters are lost.
  private void lookAfter(NodeId node, Replica replica, long now) {
    if (now - heardAt.computeIfAbsent(node, _ -> now) > SILENT_MILLIS) {
      heardAt.put(node, now);
      replica.doubt();
    }
    readIfStale(node, replica);
  }

  private static long millis() {
    return System.nanoTime() / 1_000_000;
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
    heardAt.put(from, millis());
    Optional<Replica> replica = replicas.find(from);
    replica.ifPresent(known -> take(from, known, delta));
  }

  private void take(NodeId from, Replica replica, RowsDelta delta) {
    report(from, Cause.TOLD, replica.take(delta));
    noteWhetherCurrent(from, replica);
    if (replica.isCurrent()) {
      onHeard(from);
    }
    readIfStale(from, replica);
  }

  private void onHeard(NodeId node) {
    synchronized (own) {
      claims.ifPresent(known -> known.onHeard(node));
    }
  }

  private Buffer answerPage(Buffer question) {
    String after = question.toJsonObject().getString("after");
    RowsPage page;
    synchronized (own) {
      page = own.page(after, PAGE_ROWS);
    }
    return page.toBuffer();
  }

  private void onChange(Cluster.Change change) {
    switch (change) {
      case Cluster.Change.Joined(NodeId node) -> onJoined(node);
      case Cluster.Change.Left(NodeId node) -> onLeft(node);
    }
  }

  /// One that comes back while it is forgotten is read after that: what comes of its end is told
  /// first.
  private void onJoined(NodeId node) {
    if (!forgetting.contains(node)) {
      synchronized (own) {
        claims.ifPresent(known -> known.onJoined(node));
      }
      readIfStale(node, replicas.findOrAdd(node, own, new Noting(node)));
    }
  }

  private final class Noting implements Replica.Witness {
    private final NodeId node;

    Noting(NodeId node) {
      this.node = node;
    }

    /// What a node finds when it begins, was told before.
    @Override
    public void onRow(Optional<String> before, Written row) {
      if (row.told() != Told.UNKNOWN || allCurrent.future().isComplete()) {
        note(new Turned(node, row.key(), before, row.value(), row.told(), row.late()));
      }
    }
  }

  /// From now on nothing that it said counts. That is told a part at a time.
  private void onLeft(NodeId node) {
    current.remove(node);
    heardAt.remove(node);
    replicas.remove(node).ifPresent(replica -> beginForgetting(node, replica));
    noteWhetherAllCurrent();
  }

  private void beginForgetting(NodeId node, Replica replica) {
    forgetting.add(node);
    forget(node, replica);
  }

  private void forget(NodeId node, Replica replica) {
    List<Replica.Changed> gone = replica.forget(FORGET_ROWS);
    report(node, Cause.LEFT, gone);
    if (gone.size() < FORGET_ROWS) {
      endForgetting(node);
    } else if (!closed) {
      vertx.setTimer(FORGET_PAUSE_MILLIS, _ -> forget(node, replica));
    }
  }

  private void endForgetting(NodeId node) {
    forgetting.remove(node);
    synchronized (own) {
      claims.ifPresent(known -> known.onLeft(node));
    }
    if (cluster.others().contains(node)) {
      onJoined(node);
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
    if (!replicas.has(node, replica)) {
      return;
    }
    report(node, Cause.READ, replica.take(reading, page));
    noteWhetherCurrent(node, replica);
    if (replica.isReading(reading)) {
      readPage(node, replica, reading);
    } else if (replica.isCurrent()) {
      onRead(node);
    }
  }

  private void onRead(NodeId node) {
    synchronized (own) {
      claims.ifPresent(known -> known.onRead(node));
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
      noteWhetherAllCurrent();
    } else {
      current.remove(node);
    }
  }

  private void noteWhetherAllCurrent() {
    if (isAllCurrent()) {
      allCurrent.tryComplete();
    }
  }

  private boolean isAllCurrent() {
    return current.containsAll(cluster.others());
  }

  private void report(NodeId node, Cause cause, List<Replica.Changed> changed) {
    if (changed.isEmpty()) {
      return;
    }
    List<Change> changes =
        changed.stream()
            .map(row -> new Change(node, row.key(), row.before(), row.value(), cause))
            .toList();
    listeners.forEach(listener -> listener.accept(changes));
  }
}
