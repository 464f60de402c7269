package dev.parley.protocol;

import org.jspecify.annotations.Nullable;

/// Any JSON value that passes through unread: text, number, boolean, `JsonObject`, `JsonArray` or
/// null. Whoever holds one does not change what is inside.
public record JsonValue(@Nullable Object raw) {
  public static final JsonValue NULL = new JsonValue(null);

  public boolean isNull() {
    return raw == null;
  }
}
