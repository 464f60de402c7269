package dev.parley.rest;

import dev.parley.auth.TokenIssuer;
import dev.parley.auth.TokenIssuer.Grant;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.UserId;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `POST /dev/token {user_id, username?, roles?, rooms?}` → `{token, expires_in}`: tokens for
/// whoever asks. Exists in development mode only.
final class DevelopmentTokens {
  private static final int MAX_BYTES = 16 << 10;
  private static final Duration LIFETIME = Duration.ofHours(12);

  private final TokenIssuer issuer;

  DevelopmentTokens(TokenIssuer issuer) {
    this.issuer = issuer;
  }

  void issue(RoutingContext context) {
    JsonObject body = bodyOf(context);
    UserId user =
        text(body, "user_id").flatMap(UserId::parse).orElseThrow(() -> invalid("user_id"));
    Grant grant =
        new Grant(
            user, text(body, "username"), texts(body, "roles"), texts(body, "rooms"), LIFETIME);
    JsonObject answer =
        new JsonObject().put("token", issuer.issue(grant)).put("expires_in", LIFETIME.toSeconds());
    Answers.json(context, 200, answer);
  }

  private static JsonObject bodyOf(RoutingContext context) {
    try {
      JsonObject body = context.body().asJsonObject(MAX_BYTES);
      if (body != null) {
        return body;
      }
    } catch (DecodeException | ClassCastException e) {
      throw new RejectedException(
          Rejection.of(ErrorCode.INVALID_JSON, "The body must be a JSON object"));
    }
    throw invalid("user_id");
  }

  private static Optional<String> text(JsonObject body, String field) {
    return body.getValue(field) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static List<String> texts(JsonObject body, String field) {
    return switch (body.getValue(field)) {
      case null -> List.of();
      case JsonArray array when array.stream().allMatch(String.class::isInstance) ->
          array.stream().map(String.class::cast).toList();
      default -> throw invalid(field);
    };
  }

  private static RejectedException invalid(String field) {
    return new RejectedException(Rejection.invalid(field, "Missing or not valid: " + field));
  }
}
