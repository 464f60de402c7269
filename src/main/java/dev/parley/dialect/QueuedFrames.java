package dev.parley.dialect;

import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/// Marks frames of what waited: whoever made the object in them, it gets one field more.
final class QueuedFrames {
  private static final byte[] FIELD = "\"queued\":true}".getBytes(StandardCharsets.UTF_8);

  private QueuedFrames() {}

  /// Takes away what a message of an application says there itself.
  static Envelope unmarked(Envelope envelope) {
    if (envelope.event() instanceof CustomMessage(JsonObject message)
        && message.containsKey("queued")) {
      JsonObject rest = message.copy();
      rest.remove("queued");
      return envelope.with(new CustomMessage(rest));
    }
    return envelope;
  }

  /// @param frame JSON text of an object, without white space at its end
  static OutFrame mark(OutFrame frame) {
    byte[] object = frame.payload();
    boolean empty = object.length == 2;
    byte[] marked = new byte[object.length + FIELD.length - (empty ? 1 : 0)];
    System.arraycopy(object, 0, marked, 0, object.length - 1);
    int at = object.length - 1;
    if (!empty) {
      marked[at++] = ',';
    }
    System.arraycopy(FIELD, 0, marked, at, FIELD.length);
    return OutFrame.text(marked);
  }
}
