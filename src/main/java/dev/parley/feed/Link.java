package dev.parley.feed;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The way of events to one other node. An event after a quiet time leaves at once, then, as long
/// as some come, all of each pause together; a durable one does not wait, and takes along what
/// does. Bytes that are not on the wire yet are counted: past the bound ephemeral events are
/// dropped, past four times the bound all. Any thread may send.
///
/// ```
/// Quiet --an event--> Gathering --nothing came in a pause--> Quiet
/// ```
final class Link {
  static final String KIND = "events";
  static final Duration PAUSE = Duration.ofMillis(5);
  private static final int DURABLE_FACTOR = 4;
  private static final int MAX_LETTER_BYTES = 1 << 20;

  /// A connection that breaks while it is made may never say what became of its letters.
  private static final Duration LOST_AFTER = Duration.ofSeconds(30);

  private final LinkWay way;
  private final long maxBytes;
  private final ArrayDeque<Letter> underWay = new ArrayDeque<>();
  private List<byte[]> waiting = new ArrayList<>();
  private boolean gathering;
  private boolean hurrying;
  private long bytes;

  Link(LinkWay way, long maxBytes) {
    this.way = way;
    this.maxBytes = maxBytes;
  }

  /// @param kept whether it is durable, or the last one about something
  /// @return whether it is on its way
  synchronized boolean send(byte[] event, boolean kept) {
    if (isFull(kept ? maxBytes * DURABLE_FACTOR : maxBytes)) {
      return false;
    }
    bytes += event.length;
    waiting.add(event);
    if (!gathering) {
      gathering = true;
      way.soon(this::postAndGather);
    } else if (kept && !hurrying) {
      hurrying = true;
      way.soon(this::postNow);
    }
    return true;
  }

  synchronized long unsentBytes() {
    forgetLost();
    return bytes;
  }

  private boolean isFull(long bound) {
    if (bytes > bound) {
      forgetLost();
    }
    return bytes > bound;
  }

  private void forgetLost() {
    long lostBefore = way.nanoTime() - LOST_AFTER.toNanos();
    while (!underWay.isEmpty() && underWay.getFirst().sentAt - lostBefore < 0) {
      bytes -= underWay.removeFirst().size;
    }
  }

  private void postAndGather() {
    List<byte[]> events = takeForPause();
    if (!events.isEmpty()) {
      post(events);
      way.later(PAUSE, this::postAndGather);
    }
  }

  private void postNow() {
    post(takeWaiting());
  }

  private void post(List<byte[]> events) {
    Buffer letter = Buffer.buffer();
    for (byte[] event : events) {
      letter.appendBytes(event);
      if (letter.length() > MAX_LETTER_BYTES) {
        post(letter);
        letter = Buffer.buffer();
      }
    }
    if (letter.length() > 0) {
      post(letter);
    }
  }

  private void post(Buffer content) {
    Letter letter = new Letter(content.length(), way.nanoTime());
    onLeaving(letter);
    way.send(content).onComplete(_ -> onSent(letter));
  }

  private synchronized List<byte[]> takeForPause() {
    gathering = !waiting.isEmpty();
    return takeWaiting();
  }

  private synchronized List<byte[]> takeWaiting() {
    List<byte[]> taken = waiting;
    waiting = new ArrayList<>();
    hurrying = false;
    return taken;
  }

  private synchronized void onLeaving(Letter letter) {
    underWay.addLast(letter);
  }

  private synchronized void onSent(Letter letter) {
    if (underWay.remove(letter)) {
      bytes -= letter.size;
    }
  }

  /// One that is on its way; each is another one.
  private static final class Letter {
    private final int size;
    private final long sentAt;

    Letter(int size, long sentAt) {
      this.size = size;
      this.sentAt = sentAt;
    }
  }
}
