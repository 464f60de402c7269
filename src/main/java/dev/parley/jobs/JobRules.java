package dev.parley.jobs;

import dev.parley.protocol.Caller;
import dev.parley.protocol.Fields;
import dev.parley.protocol.JobUpdate;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.json.JsonFormat;
import dev.parley.protocol.json.JsonWriter;
import java.io.UncheckedIOException;

/// Who may tell of jobs, and how much.
final class JobRules {
  static final int MAX_NAME_CHARS = 256;
  static final int MAX_ERROR_CHARS = 2_048;
  static final int MAX_RESULT_BYTES = 16 << 10;
  private static final String SERVICE = "service";

  private static final int AROUND = 8;

  private JobRules() {}

  /// @throws RejectedException if the caller may not, or what they say is out of bounds
  static void ensureMayTell(Caller caller, JobUpdate update) {
    if (!caller.isAdmin() && !caller.hasRole(SERVICE)) {
      throw new RejectedException(
          Rejection.denied("Only an administrator or a service may tell of jobs"));
    }
    update.progress().ifPresent(JobRules::ensureProgress);
    update.name().ifPresent(name -> ensureLength("name", name, MAX_NAME_CHARS));
    update.error().ifPresent(error -> ensureLength("error", error, MAX_ERROR_CHARS));
    ensureResult(update);
  }

  private static void ensureProgress(double progress) {
    if (!(progress >= 0 && progress <= 100)) {
      throw Fields.wrong("progress", "must be from 0 to 100");
    }
  }

  private static void ensureLength(String field, String text, int max) {
    if (text.length() > max) {
      throw Fields.wrong(field, "is longer than " + max + " characters");
    }
  }

  private static void ensureResult(JobUpdate update) {
    if (sizeOf(update) > MAX_RESULT_BYTES) {
      throw Fields.wrong("result", "is larger than " + MAX_RESULT_BYTES + " bytes as JSON");
    }
  }

  /// Inside of something, as it will be where it is stored and sent.
  private static int sizeOf(JobUpdate update) {
    if (update.result().isNull()) {
      return 0;
    }
    try {
      byte[] json = JsonFormat.TEXT.encode(out -> write(out, update, AROUND));
      return json.length - 2 * AROUND;
    } catch (UncheckedIOException tooDeep) {
      throw Fields.wrong("result", "is nested too deep");
    }
  }

  private static void write(JsonWriter out, JobUpdate update, int around) {
    if (around == 0) {
      out.value(update.result().raw());
    } else {
      write(out.array(), update, around - 1);
      out.end();
    }
  }
}
