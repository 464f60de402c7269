package dev.parley.faults;

import dev.parley.TestClient;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Somebody who stays whatever happens: who loses a connection, or hears nothing on it for
/// [#SILENCE_MILLIS], goes to any server that answers, after 0.1–1 s.
abstract class Guest {
  private static final long SILENCE_MILLIS = 3_000;
  private static final long PING_MILLIS = 1_000;

  final String user;
  final String room;
  private final Fleet fleet;
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean leaving;
  private volatile boolean hereNow;

  Guest(Fleet fleet, String user, String room) {
    this.fleet = fleet;
    this.user = user;
    this.room = room;
    this.thread = Thread.ofVirtual().unstarted(this::stay);
  }

  final void come() {
    thread.start();
  }

  /// Ends; returns when it has.
  final void leave() {
    leaving = true;
    try {
      if (!thread.join(java.time.Duration.ofSeconds(20))) {
        throw new AssertionError(user + " is stuck");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Whether it is connected.
  final boolean isHere() {
    return hereNow;
  }

  /// What it saw that must not be.
  final List<String> violations() {
    return violations;
  }

  final void complain(String violation) {
    violations.add(user + ": " + violation);
  }

  /// Connected; what is sent here comes first.
  abstract void begin(TestClient client);

  abstract void onFrame(TestClient client, JsonObject frame);

  /// Called often.
  abstract void onTick(TestClient client);

  private void stay() {
    while (!leaving) {
      try (TestClient client = fleet.connect(anyNode(), user)) {
        converse(client);
      } catch (RuntimeException e) {
        // That server is not there now.
      }
      hereNow = false;
      if (!leaving) {
        LockSupport.parkNanos(
            TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(100, 1_000)));
      }
    }
  }

  private void converse(TestClient client) {
    begin(client);
    long heard = now();
    long pinged = now();
    while (client.isOpen() && !leaving) {
      var frame = client.poll(10);
      if (frame.isPresent()) {
        heard = now();
        hereNow = true;
        onFrame(client, frame.get());
      } else if (now() - heard > SILENCE_MILLIS) {
        client.abort();
        return;
      }
      if (now() - pinged > PING_MILLIS) {
        pinged = now();
        boolean _ = client.trySend(new JsonObject().put("type", "ping"));
      }
      onTick(client);
    }
    for (var rest = client.poll(0); rest.isPresent(); rest = client.poll(0)) {
      rest.ifPresent(frame -> onFrame(client, frame));
    }
  }

  private static int anyNode() {
    return ThreadLocalRandom.current().nextInt(Fleet.SIZE);
  }

  static long now() {
    return System.nanoTime() / 1_000_000;
  }
}
