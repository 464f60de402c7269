package dev.parley.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of a JSON object, each read as what it must be, so that a decoder reads as a table.
/// Null counts as absent; fields not asked for are ignored.
///
/// A field that is missing or wrong ends the reading with a [RejectedException]: a
/// `VALIDATION_FAILED` that names the field. Whoever starts the reading catches it.
public record Fields(JsonObject object) {
  private static final double MAX_WHOLE = 1L << 53;

  public boolean has(String name) {
    return object.getValue(name) != null;
  }

  /// @param max the longest it may be, in characters; it is never empty
  public String text(String name, int max) {
    String text = anyText(name, max);
    if (text.isEmpty()) {
      throw wrong(name, "must not be empty");
    }
    return text;
  }

  /// Text that may be empty.
  public String anyText(String name, int max) {
    return asText(name, require(name, object.getValue(name)), max);
  }

  public Optional<String> optionalText(String name, int max) {
    return has(name) ? Optional.of(anyText(name, max)) : Optional.empty();
  }

  public RoomName room(String name) {
    return RoomName.parse(anyText(name, Integer.MAX_VALUE))
        .orElseThrow(() -> wrong(name, "must be 1–128 of letters, digits and . _ - : @"));
  }

  public Optional<RoomName> optionalRoom(String name) {
    return has(name) ? Optional.of(room(name)) : Optional.empty();
  }

  public UserId user(String name) {
    return asUser(name, require(name, object.getValue(name)));
  }

  public Optional<UserId> optionalUser(String name) {
    return has(name) ? Optional.of(user(name)) : Optional.empty();
  }

  public List<UserId> users(String name, int max) {
    return list(name, max, element -> asUser(name, element));
  }

  public List<String> texts(String name, int max, int maxLength) {
    return list(name, max, element -> asText(name, element, maxLength));
  }

  /// What `element` makes of each element of an array; nothing if there is no array. It is given no
  /// null.
  public <T> List<T> list(String name, int max, Function<Object, T> element) {
    JsonArray array = array(name, max);
    List<T> values = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      values.add(element.apply(require(name, array.getValue(i))));
    }
    return values;
  }

  /// An array of anything; an empty one if there is none.
  public JsonArray array(String name, int max) {
    return switch (object.getValue(name)) {
      case null -> new JsonArray();
      case JsonArray array when array.size() <= max -> array;
      case JsonArray _ -> throw wrong(name, "has more than " + max + " elements");
      default -> throw wrong(name, "must be an array");
    };
  }

  public long number(String name, long min, long max) {
    long value = asWhole(name, require(name, object.getValue(name)));
    if (value < min || value > max) {
      throw wrong(name, "must be from " + min + " to " + max);
    }
    return value;
  }

  public Optional<Long> optionalNumber(String name, long min, long max) {
    return has(name) ? Optional.of(number(name, min, max)) : Optional.empty();
  }

  public double decimal(String name) {
    if (require(name, object.getValue(name)) instanceof Number number) {
      return number.doubleValue() + 0.0; // makes 0 of -0
    }
    throw wrong(name, "must be a number");
  }

  public boolean flag(String name) {
    if (require(name, object.getValue(name)) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, "must be true or false");
  }

  public boolean flag(String name, boolean fallback) {
    return has(name) ? flag(name) : fallback;
  }

  public Instant time(String name) {
    try {
      return Instant.parse(anyText(name, 64));
    } catch (DateTimeParseException _) {
      throw wrong(name, "must be an ISO-8601 time in UTC");
    }
  }

  public Optional<Instant> optionalTime(String name) {
    return has(name) ? Optional.of(time(name)) : Optional.empty();
  }

  public JsonValue value(String name) {
    Object value = object.getValue(name);
    return value == null ? JsonValue.NULL : new JsonValue(value);
  }

  public Fields fields(String name) {
    return asFields(name, require(name, object.getValue(name)));
  }

  public Optional<Fields> optionalFields(String name) {
    return has(name) ? Optional.of(fields(name)) : Optional.empty();
  }

  public static Fields asFields(String name, Object value) {
    if (value instanceof JsonObject tree) {
      return new Fields(tree);
    }
    throw wrong(name, "must be an object");
  }

  public static String asText(String name, Object value, int max) {
    if (!(value instanceof String text)) {
      throw wrong(name, "must be text");
    }
    if (text.length() > max) {
      throw wrong(name, "is longer than " + max + " characters");
    }
    return text;
  }

  /// An id that is a number counts as its decimal text.
  public static UserId asUser(String name, Object value) {
    Object id = value instanceof Integer || value instanceof Long ? value.toString() : value;
    return UserId.parse(asText(name, id, Integer.MAX_VALUE))
        .orElseThrow(() -> wrong(name, "must be 1–128 of letters, digits and . _ - @ : | +"));
  }

  public static long asWhole(String name, Object value) {
    return switch (value) {
      case Integer whole -> whole;
      case Long whole -> whole;
      case Double whole when whole == Math.rint(whole) && Math.abs(whole) <= MAX_WHOLE ->
          whole.longValue();
      default -> throw wrong(name, "must be a whole number");
    };
  }

  public static RejectedException wrong(String field, String text) {
    return new RejectedException(Rejection.invalid(field, field + " " + text));
  }

  private static Object require(String name, @Nullable Object value) {
    if (value == null) {
      throw wrong(name, "is missing");
    }
    return value;
  }
}
