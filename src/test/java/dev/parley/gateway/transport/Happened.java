package dev.parley.gateway.transport;

import dev.parley.dialect.InFrame;
import dev.parley.protocol.CloseCode;
import java.nio.charset.StandardCharsets;

/// What a listener was told.
sealed interface Happened {
  record Message(InFrame frame) implements Happened {
    String text() {
      return new String(frame.payload(), StandardCharsets.UTF_8);
    }
  }

  record Alive() implements Happened {}

  record Echoed(long number) implements Happened {}

  record Writable() implements Happened {}

  record Violated(CloseCode code) implements Happened {}

  record Closed(int code) implements Happened {}
}
