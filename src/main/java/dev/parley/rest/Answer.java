package dev.parley.rest;

import dev.parley.protocol.json.JsonFormat;
import dev.parley.protocol.json.JsonWriter;
import java.util.function.Consumer;

/// How a call is answered when all is well.
///
/// @param body JSON
record Answer(int status, byte[] body) {
  private static final Answer SUCCESS = ok(out -> out.flag("success", true));

  /// @param fields writes those of the answer
  static Answer of(int status, Consumer<JsonWriter> fields) {
    return new Answer(
        status,
        JsonFormat.TEXT.encode(
            out -> {
              fields.accept(out.object());
              out.end();
            }));
  }

  static Answer ok(Consumer<JsonWriter> fields) {
    return of(200, fields);
  }

  /// `{"success":true}`
  static Answer success() {
    return SUCCESS;
  }

  /// @param elements writes those of an array
  static Answer list(Consumer<JsonWriter> elements) {
    return new Answer(
        200,
        JsonFormat.TEXT.encode(
            out -> {
              elements.accept(out.array());
              out.end();
            }));
  }
}
