package dev.parley.protocol.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes a document field by field. Methods that take a name write a field of the open object;
/// those without one write an element of the open array. An empty `Optional` writes nothing.
public final class JsonWriter {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final JsonGenerator out;
  private final char[] time = new char[IsoTime.LENGTH];

  JsonWriter(JsonGenerator out) {
    this.out = out;
  }

  public JsonWriter object() {
    try {
      out.writeStartObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public JsonWriter array() {
    try {
      out.writeStartArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public JsonWriter object(String name) {
    return name(name).object();
  }

  public JsonWriter array(String name) {
    return name(name).array();
  }

  /// Ends the object or array opened last.
  public JsonWriter end() {
    try {
      if (out.getOutputContext().inArray()) {
        out.writeEndArray();
      } else {
        out.writeEndObject();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public JsonWriter text(String name, String value) {
    return name(name).text(value);
  }

  public JsonWriter text(String name, Optional<?> value) {
    return value.isEmpty() ? this : text(name, value.get().toString());
  }

  public JsonWriter text(String value) {
    try {
      out.writeString(WellFormed.text(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /// An array of texts.
  public JsonWriter texts(String name, Iterable<?> values) {
    array(name);
    for (Object value : values) {
      text(value.toString());
    }
    return end();
  }

  /// The same, left out if there is none.
  public JsonWriter textsIfAny(String name, Iterable<?> values) {
    return values.iterator().hasNext() ? texts(name, values) : this;
  }

  public JsonWriter number(String name, long value) {
    return name(name).number(value);
  }

  public JsonWriter number(long value) {
    try {
      out.writeNumber(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /// Without a fraction if it has none.
  public JsonWriter number(String name, double value) {
    return name(name).rounded(value);
  }

  public JsonWriter flag(String name, boolean value) {
    return name(name).flag(value);
  }

  /// In milliseconds, as [IsoTime] says.
  public JsonWriter time(String name, Instant value) {
    return name(name).time(value);
  }

  public JsonWriter time(String name, Optional<Instant> value) {
    return value.isEmpty() ? this : time(name, value.get());
  }

  /// In seconds.
  public JsonWriter duration(String name, Duration value) {
    return number(name, value.toMillis() / 1000.0);
  }

  /// Any JSON value of Vert.x: a tree, a scalar or null.
  public JsonWriter value(String name, @Nullable Object value) {
    return name(name).value(value);
  }

  public JsonWriter value(@Nullable Object value) {
    return switch (value) {
      case null -> nothing();
      case CharSequence text -> text(text.toString());
      case Boolean flag -> flag(flag);
      case Number number -> number(number);
      case JsonObject tree -> fields(tree.getMap());
      case Map<?, ?> tree -> fields(tree);
      case JsonArray array -> elements(array.getList());
      case Iterable<?> array -> elements(array);
      case Instant instant -> time(instant);
      case byte[] bytes -> text(BASE64.encodeToString(bytes));
      case Buffer bytes -> text(BASE64.encodeToString(bytes.getBytes()));
      default -> text(value.toString());
    };
  }

  /// Every field of `tree`, into the open object.
  public JsonWriter all(JsonObject tree) {
    tree.getMap().forEach(this::value);
    return this;
  }

  private JsonWriter fields(Map<?, ?> tree) {
    object();
    tree.forEach((name, value) -> value(String.valueOf(name), value));
    return end();
  }

  private JsonWriter elements(Iterable<?> array) {
    array();
    array.forEach(this::value);
    return end();
  }

  private JsonWriter number(Number value) {
    return switch (value) {
      case Long whole -> number(whole.longValue());
      case Integer whole -> number(whole.longValue());
      case Short whole -> number(whole.longValue());
      case Byte whole -> number(whole.longValue());
      case BigInteger whole -> number(new BigDecimal(whole));
      case BigDecimal decimal -> number(decimal);
      default -> decimal(value.doubleValue());
    };
  }

  private JsonWriter rounded(double value) {
    long whole = (long) value;
    return whole == value && Math.abs(whole) < 1L << 53 ? number(whole) : decimal(value);
  }

  /// What no double can hold, no reader of JSON can be expected to hold.
  private JsonWriter number(BigDecimal value) {
    if (Double.isInfinite(value.doubleValue())) {
      return nothing();
    }
    try {
      if (value.scale() == 0) {
        out.writeNumber(value.unscaledValue());
      } else {
        out.writeNumber(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private JsonWriter decimal(double value) {
    if (!Double.isFinite(value)) {
      return nothing();
    }
    try {
      out.writeNumber(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private JsonWriter flag(boolean value) {
    try {
      out.writeBoolean(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private JsonWriter time(Instant value) {
    if (!IsoTime.write(value, time)) {
      return text(value.toString());
    }
    try {
      out.writeString(time, 0, IsoTime.LENGTH);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private JsonWriter nothing() {
    try {
      out.writeNull();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private JsonWriter name(String name) {
    try {
      out.writeFieldName(WellFormed.text(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }
}
