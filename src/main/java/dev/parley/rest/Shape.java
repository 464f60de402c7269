package dev.parley.rest;

import dev.parley.protocol.Rejection;
import dev.parley.protocol.json.JsonWriter;

/// How an error is told.
enum Shape {
  /// `{"error":"text","code":"CODE"}`
  PLAIN {
    @Override
    void write(JsonWriter out, Rejection rejection) {
      out.text("error", rejection.text()).text("code", rejection.code().name());
      writeRest(out, rejection);
    }
  },
  /// `{"status":"error","error":{"code":"CODE","message":"text"}}`
  CONNECT {
    @Override
    void write(JsonWriter out, Rejection rejection) {
      out.text("status", "error")
          .object("error")
          .text("code", rejection.code().name())
          .text("message", rejection.text());
      writeRest(out, rejection);
      out.end();
    }
  };

  private static final String CONNECT_PATHS = "/ws/";

  /// Writes the error's fields into the open object.
  abstract void write(JsonWriter out, Rejection rejection);

  static Shape of(String path) {
    return path.startsWith(CONNECT_PATHS) ? CONNECT : PLAIN;
  }

  private static void writeRest(JsonWriter out, Rejection rejection) {
    out.text("field", rejection.field());
    rejection.retryAfter().ifPresent(wait -> out.number("retry_after", Answers.seconds(wait)));
  }
}
