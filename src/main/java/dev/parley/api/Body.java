package dev.parley.api;

import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Fields;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.json.JsonFormat;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/// Reads the body of a public request. Stricter than what clients may send: an unknown field is
/// refused, since a mistyped condition would otherwise send a message to everybody.
final class Body {
  /// Well below what may wait for one connection, so that one message never closes it.
  static final int MAX_MESSAGE_BYTES = 256 << 10;

  private static final String MESSAGE = "message";

  private Body() {}

  /// @param names the fields that may be there
  static Fields of(JsonObject body, String... names) {
    Set<String> known = Set.of(names);
    for (String name : body.fieldNames()) {
      if (!known.contains(name)) {
        throw Fields.wrong(name, "is unknown; known are " + String.join(", ", names));
      }
    }
    return new Fields(body);
  }

  /// The object for clients.
  static JsonObject message(Fields in) {
    JsonObject message = in.fields(MESSAGE).object();
    ensureWritable(message);
    return message;
  }

  /// What is for administrators: an object, or a text.
  static JsonValue notice(Fields in) {
    JsonValue notice = in.value(MESSAGE);
    Object raw = notice.raw();
    if (!(raw instanceof String || raw instanceof JsonObject)) {
      throw Fields.wrong(MESSAGE, "must be text or an object");
    }
    ensureWritable(raw);
    return notice;
  }

  /// A list that must be there, if only as an empty one.
  static <T> List<T> required(Fields in, String name, List<T> values) {
    if (!in.has(name)) {
      throw Fields.wrong(name, "is missing");
    }
    return values;
  }

  private static void ensureWritable(Object message) {
    if (sizeOf(message) > MAX_MESSAGE_BYTES) {
      throw new RejectedException(
          Rejection.of(
              ErrorCode.MESSAGE_TOO_LARGE,
              "message is larger than " + MAX_MESSAGE_BYTES + " bytes as JSON"));
    }
  }

  /// Inside of an array, because it will be inside of something when it is stored.
  private static int sizeOf(Object message) {
    try {
      return JsonFormat.TEXT.encode(out -> out.array().value(message).end()).length;
    } catch (UncheckedIOException tooDeep) {
      throw Fields.wrong(MESSAGE, "is nested too deep");
    }
  }
}
