package dev.parley.feed;

import dev.parley.bus.NodePost;
import dev.parley.protocol.NodeId;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The way of events to one other node. What is sent in one turn goes in one letter. Bytes that are
/// not on the wire yet are counted: past the bound ephemeral events are dropped, past four times
/// the bound all. Any thread may send.
final class Link {
  static final String KIND = "events";
  private static final int DURABLE_FACTOR = 4;
  private static final int MAX_LETTER_BYTES = 1 << 20;

  /// A connection that breaks while it is made may never say what became of its letters.
  private static final long LOST_SECONDS = 30;

  private final NodeId node;
  private final NodePost post;
  private final Context context;
  private final long maxBytes;
  private List<byte[]> waiting = new ArrayList<>();
  private long bytes;

  Link(NodeId node, NodePost post, Context context, long maxBytes) {
    this.node = node;
    this.post = post;
    this.context = context;
    this.maxBytes = maxBytes;
  }

  /// @param kept whether it is durable, or the last one about something
  /// @return whether it is on its way
  synchronized boolean send(byte[] event, boolean kept) {
    if (bytes > (kept ? maxBytes * DURABLE_FACTOR : maxBytes)) {
      return false;
    }
    bytes += event.length;
    if (waiting.isEmpty()) {
      context.runOnContext(_ -> post());
    }
    waiting.add(event);
    return true;
  }

  synchronized long unsentBytes() {
    return bytes;
  }

  private void post() {
    Buffer letter = Buffer.buffer();
    for (byte[] event : takeWaiting()) {
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

  private void post(Buffer letter) {
    int size = letter.length();
    post.send(node, KIND, letter)
        .timeout(LOST_SECONDS, TimeUnit.SECONDS)
        .onComplete(_ -> onSent(size));
  }

  private synchronized List<byte[]> takeWaiting() {
    List<byte[]> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }

  private synchronized void onSent(int size) {
    bytes -= size;
  }
}
