package dev.parley.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.bus.MessageBus;
import dev.parley.bus.Shards;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Request;
import dev.parley.protocol.UserId;
import dev.parley.store.Store;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;

/// A real Vert.x and a real store with domains on them, and the ears of all sessions: whatever is
/// published is kept.
public final class DomainKit implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  public final Vertx vertx = Vertx.vertx();
  public final MessageBus bus;
  public final BreakableStore store;
  private final Path directory = TempStore.newDirectory();
  private final Deque<String> deployed = new ArrayDeque<>();
  private final List<Envelope> published = new ArrayList<>();

  public DomainKit(int shards) {
    bus = new MessageBus(vertx, new Shards(shards), Duration.ofSeconds(5));
    bus.onPublish(this::keep);
    store = new BreakableStore(TempStore.open(vertx, directory));
  }

  /// On another store than the embedded one; it is closed with the kit.
  public DomainKit(int shards, Function<Vertx, Store> opening) {
    bus = new MessageBus(vertx, new Shards(shards), Duration.ofSeconds(5));
    bus.onPublish(this::keep);
    store = new BreakableStore(opening.apply(vertx));
  }

  public static Caller user(String name) {
    return Caller.of(new UserId(name)).on(new ConnectionId(name + "-1"));
  }

  public static Caller admin(String name) {
    return new Caller(
        new UserId(name),
        name,
        Optional.empty(),
        Set.of("admin"),
        List.of(),
        false,
        Optional.of(new ConnectionId(name + "-1")));
  }

  public void deploy(Deployable domain) {
    deployed.push(await(vertx.deployVerticle(domain)));
  }

  /// Stops the domains; the store stays open.
  public void undeploy() {
    while (!deployed.isEmpty()) {
      await(vertx.undeploy(deployed.pop()));
    }
  }

  public Future<Outcome> request(String address, Caller caller, Command command) {
    return bus.request(address, new Request(caller, command));
  }

  public Outcome ask(String address, Caller caller, Command command) {
    return await(request(address, caller, command));
  }

  public <T> T ask(String address, Caller caller, Command command, Class<T> reply) {
    Outcome outcome = ask(address, caller, command);
    assertThat(outcome).isInstanceOf(reply);
    return reply.cast(outcome);
  }

  /// What was published so far, in order.
  public synchronized List<Envelope> published() {
    return List.copyOf(published);
  }

  public <T extends Event> List<T> published(Class<T> type) {
    return published().stream()
        .map(Envelope::event)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /// The first envelope, of those published already and those to come, that is meant.
  @CanIgnoreReturnValue
  public Envelope awaitEnvelope(Predicate<Envelope> meant) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    synchronized (this) {
      while (true) {
        Optional<Envelope> found = published.stream().filter(meant).findFirst();
        if (found.isPresent()) {
          return found.get();
        }
        waitUntil(deadline);
      }
    }
  }

  @CanIgnoreReturnValue
  public <T extends Event> Envelope awaitEnvelope(Class<T> type, Predicate<T> meant) {
    return awaitEnvelope(
        envelope -> type.isInstance(envelope.event()) && meant.test(type.cast(envelope.event())));
  }

  @CanIgnoreReturnValue
  public <T extends Event> T awaitEvent(Class<T> type) {
    return type.cast(awaitEnvelope(type, _ -> true).event());
  }

  /// Forgets what was published.
  public synchronized void forget() {
    published.clear();
  }

  @CanIgnoreReturnValue
  public static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not completed in time", e);
    }
  }

  @Override
  public void close() {
    undeploy();
    await(store.close());
    await(vertx.close());
    TempStore.delete(directory);
  }

  private synchronized void keep(Envelope envelope) {
    published.add(envelope);
    notifyAll();
  }

  private void waitUntil(long deadline) {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new AssertionError("not published in time; there is " + published);
    }
    try {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
