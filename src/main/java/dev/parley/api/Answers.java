package dev.parley.api;

import dev.parley.protocol.ChatMessageJson;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobJson;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.PresenceStateJson;
import dev.parley.protocol.Reply.JobKept;
import dev.parley.protocol.Reply.Jobs;
import dev.parley.protocol.Reply.PlacedMessage;
import dev.parley.protocol.Reply.Presences;
import dev.parley.protocol.json.JsonFormat;
import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/// Answers that have a native form: they have it here too.
final class Answers {
  private Answers() {}

  static JsonObject of(PlacedMessage placed) {
    return object(
        out -> {
          out.number("seq", placed.position().seq()).text("epoch", placed.position().epoch());
          ChatMessageJson.write(out, placed.message());
        });
  }

  static JsonObject of(Presences presences) {
    return object(
        out -> {
          out.array("users");
          presences.users().forEach(state -> write(out, state));
          out.end();
        });
  }

  static JsonObject of(JobKept kept) {
    return object(out -> JobJson.write(out, kept.job()));
  }

  static JsonObject of(Jobs jobs) {
    return object(
        out -> {
          out.array("jobs");
          jobs.jobs().forEach(job -> write(out, job));
          out.end();
        });
  }

  private static void write(JsonWriter out, Job job) {
    JobJson.write(out.object(), job);
    out.end();
  }

  private static void write(JsonWriter out, PresenceState state) {
    PresenceStateJson.write(out.object(), state);
    out.end();
  }

  private static JsonObject object(Consumer<JsonWriter> fields) {
    byte[] json =
        JsonFormat.TEXT.encode(
            out -> {
              fields.accept(out.object());
              out.end();
            });
    return new JsonObject(Buffer.buffer(json));
  }
}
