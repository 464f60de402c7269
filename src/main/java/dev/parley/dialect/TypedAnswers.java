package dev.parley.dialect;

import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.json.JsonWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Answers that name themselves in `type` and give back the correlation id under the name it came
/// with ([Correlation]).
final class TypedAnswers {
  private final InstantSource clock;

  TypedAnswers(InstantSource clock) {
    this.clock = clock;
  }

  List<OutFrame> one(String type, JsonValue id, Consumer<JsonWriter> fields) {
    return List.of(frame(type, id, fields));
  }

  OutFrame frame(String type, JsonValue id, Consumer<JsonWriter> fields) {
    return FrameEncoder.TEXT.frame(
        out -> {
          fields.accept(out.text("type", type));
          Correlation.write(out, id);
        });
  }

  /// What a plug-in gave.
  List<OutFrame> given(Consumer<JsonWriter> body, JsonValue id) {
    return FrameEncoder.TEXT.one(
        out -> {
          body.accept(out);
          Correlation.write(out, id);
        });
  }

  List<OutFrame> authenticated(Optional<Instant> expiresAt, JsonValue id) {
    return one("auth_ok", id, out -> out.value("expires_at", expiresAt.orElse(null)));
  }

  OutFrame error(Rejection rejection, JsonValue id) {
    return frame("error", id, out -> ErrorFrame.write(out, rejection, clock.instant()));
  }
}
