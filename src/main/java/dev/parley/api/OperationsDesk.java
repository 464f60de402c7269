package dev.parley.api;

import dev.parley.bus.DomainCalls;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Fields;
import dev.parley.protocol.OperationsCommand;
import dev.parley.protocol.OperationsCommand.CompleteProcessing;
import dev.parley.protocol.OperationsCommand.PublishTopic;
import dev.parley.protocol.OperationsCommand.PublishUpdate;
import dev.parley.protocol.OperationsCommand.RaiseAlert;
import dev.parley.protocol.OperationsCommand.StartProcessing;
import dev.parley.protocol.OperationsEvent.Severity;
import dev.parley.protocol.OperationsEvent.UpdateKind;
import dev.parley.protocol.TopicName;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/// Tells clients what verticles say of their business. Nothing of it is kept.
final class OperationsDesk {
  private static final int MAX_WORD_CHARS = 64;
  private static final int MAX_NAME_CHARS = 256;
  private static final int MAX_TEXT_CHARS = 4_096;
  private static final int MAX_USERS = 1_000;
  private static final String USER = "user_id";
  private static final String DOCUMENT = "document_id";
  private static final String FILENAME = "filename";

  private final DomainCalls domains;

  OperationsDesk(DomainCalls domains) {
    this.domains = domains;
  }

  Future<JsonObject> raiseAlert(JsonObject body) {
    Fields in = Body.of(body, "alert_type", "severity", "message", "details");
    return tell(
        new RaiseAlert(
            in.text("alert_type", MAX_WORD_CHARS),
            Severity.parse(in.text("severity", MAX_WORD_CHARS))
                .orElseThrow(
                    () -> Fields.wrong("severity", "must be info, warning, error or critical")),
            in.text("message", MAX_TEXT_CHARS),
            in.has("details") ? Body.object(in, "details") : new JsonObject()));
  }

  Future<JsonObject> documentStarted(JsonObject body) {
    Fields in = Body.of(body, USER, DOCUMENT, FILENAME);
    return tell(new StartProcessing(in.user(USER), document(in), filename(in)));
  }

  /// It went well, unless it says otherwise or bears an error.
  Future<JsonObject> documentCompleted(JsonObject body) {
    Fields in = Body.of(body, USER, DOCUMENT, FILENAME, "success", "error", "result");
    boolean success = in.flag("success", !in.has("error"));
    if (success && in.has("error")) {
      throw Fields.wrong("error", "cannot be there with success");
    }
    return tell(
        new CompleteProcessing(
            in.user(USER),
            document(in),
            filename(in),
            success,
            in.optionalText("error", MAX_TEXT_CHARS),
            Body.value(in, "result")));
  }

  Future<JsonObject> publishUpdate(JsonObject body) {
    Fields in = Body.of(body, "kind", "id", "status", "data", "user_ids");
    return tell(
        new PublishUpdate(
            UpdateKind.parse(in.text("kind", MAX_WORD_CHARS))
                .orElseThrow(
                    () -> Fields.wrong("kind", "must be order, quote, payment or deadline")),
            Body.value(in, "id"),
            in.optionalText("status", MAX_NAME_CHARS),
            Body.value(in, "data"),
            in.users("user_ids", MAX_USERS)));
  }

  Future<JsonObject> publishTopic(JsonObject body) {
    Fields in = Body.of(body, "topic", "action", "data");
    return tell(
        new PublishTopic(
            TopicName.parse(in.text("topic", MAX_NAME_CHARS))
                .orElseThrow(
                    () ->
                        Fields.wrong(
                            "topic", "must be 1–192 of letters, digits and . _ - : @ | +")),
            in.text("action", MAX_WORD_CHARS),
            Body.value(in, "data")));
  }

  private Future<JsonObject> tell(OperationsCommand command) {
    return domains.operations(Caller.SERVER, command).map(_ -> new JsonObject());
  }

  private static String document(Fields in) {
    return in.text(DOCUMENT, MAX_NAME_CHARS);
  }

  private static String filename(Fields in) {
    return in.text(FILENAME, MAX_TEXT_CHARS);
  }
}
