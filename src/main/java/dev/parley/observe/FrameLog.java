package dev.parley.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The frames of clients, by the logger `dev.parley.frames` at level debug (`DEBUG=true`), each cut
/// after 2,000 characters, and never with a token in it. An event is written once, however many
/// connections it goes to.
public final class FrameLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.parley.frames");
  private static final int MAX_CHARS = 2_000;

  private FrameLog() {}

  public static boolean isOn() {
    return LOG.isDebugEnabled();
  }

  /// A frame that came from a client.
  public static void received(Object connection, boolean binary, byte[] payload) {
    LOG.atDebug()
        .addKeyValue("connection", connection)
        .addKeyValue("frame", textOf(binary, payload))
        .log("Received");
  }

  /// A frame for one client.
  public static void sent(Object connection, boolean binary, byte[] payload) {
    LOG.atDebug()
        .addKeyValue("connection", connection)
        .addKeyValue("frame", textOf(binary, payload))
        .log("Sent");
  }

  /// A frame for all connections of a dialect that an event is for.
  public static void shared(String dialect, boolean binary, byte[] payload) {
    LOG.atDebug()
        .addKeyValue("dialect", dialect)
        .addKeyValue("frame", textOf(binary, payload))
        .log("Sent to all it is for");
  }

  /// Masked before it is cut: half a token is one, too.
  static String textOf(boolean binary, byte[] payload) {
    if (binary) {
      return payload.length + " bytes";
    }
    String text = Masked.json(new String(payload, UTF_8));
    return text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
  }
}
