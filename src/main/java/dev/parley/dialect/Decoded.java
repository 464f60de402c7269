package dev.parley.dialect;

import dev.parley.protocol.Command;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Rejection;
import java.util.List;

/// What a frame turned out to be.
public sealed interface Decoded {
  /// One command or several, to be started in this order.
  ///
  /// @param id the client's correlation id, [JsonValue#NULL] if there was none
  record Commands(List<Command> commands, JsonValue id) implements Decoded {
    public Commands {
      commands = List.copyOf(commands);
    }
  }

  /// Nothing this dialect understands.
  record Refused(Rejection rejection, JsonValue id) implements Decoded {}
}
