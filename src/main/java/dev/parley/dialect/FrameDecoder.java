package dev.parley.dialect;

import dev.parley.protocol.Command;
import dev.parley.protocol.Fields;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.RejectedException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/// From a frame to commands by a dialect's table. What the table cannot read is refused, with the
/// correlation id.
final class FrameDecoder {
  /// What each type of frame means.
  interface Table {
    /// @throws RejectedException for what is wrong with the fields, or the type
    List<Command> commands(String type, Fields in);
  }

  private final FrameParser parser;
  private final Function<JsonObject, JsonValue> correlation;

  /// @param correlation finds a frame's correlation id
  FrameDecoder(FrameParser parser, Function<JsonObject, JsonValue> correlation) {
    this.parser = parser;
    this.correlation = correlation;
  }

  Decoded decode(InFrame frame, Table table) {
    return switch (parser.parse(frame)) {
      case FrameParser.Parsed.Typed(var type, var fields) -> decode(type, fields, table);
      case FrameParser.Parsed.Malformed(var rejection, var fields) ->
          new Decoded.Refused(rejection, correlation.apply(fields));
    };
  }

  private Decoded decode(String type, JsonObject fields, Table table) {
    JsonValue id = correlation.apply(fields);
    try {
      return new Decoded.Commands(table.commands(type, new Fields(fields)), id);
    } catch (RejectedException refused) {
      return new Decoded.Refused(refused.rejection(), id);
    }
  }
}
