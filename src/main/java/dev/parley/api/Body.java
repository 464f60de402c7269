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
import org.jspecify.annotations.Nullable;

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
    return object(in, MESSAGE);
  }

  /// An object that clients get as it is.
  static JsonObject object(Fields in, String name) {
    JsonObject object = in.fields(name).object();
    ensureWritable(name, object);
    return object;
  }

  /// Any value that clients get as it is, or none.
  static JsonValue value(Fields in, String name) {
    JsonValue value = in.value(name);
    ensureWritable(name, value.raw());
    return value;
  }

  /// What is for administrators: an object, or a text.
  static JsonValue notice(Fields in) {
    JsonValue notice = in.value(MESSAGE);
    Object raw = notice.raw();
    if (!(raw instanceof String || raw instanceof JsonObject)) {
      throw Fields.wrong(MESSAGE, "must be text or an object");
    }
    ensureWritable(MESSAGE, raw);
    return notice;
  }

  /// A list that must be there, if only as an empty one.
  static <T> List<T> required(Fields in, String name, List<T> values) {
    if (!in.has(name)) {
      throw Fields.wrong(name, "is missing");
    }
    return values;
  }

  private static void ensureWritable(String name, @Nullable Object value) {
    if (sizeOf(name, value) > MAX_MESSAGE_BYTES) {
      throw new RejectedException(
          Rejection.of(
              ErrorCode.MESSAGE_TOO_LARGE,
              name + " is larger than " + MAX_MESSAGE_BYTES + " bytes as JSON"));
    }
  }

  /// Inside of an array, because it will be inside of something when it is stored.
  private static int sizeOf(String name, @Nullable Object value) {
    try {
      return JsonFormat.TEXT.encode(out -> out.array().value(value).end()).length;
    } catch (UncheckedIOException tooDeep) {
      throw Fields.wrong(name, "is nested too deep");
    }
  }
}
