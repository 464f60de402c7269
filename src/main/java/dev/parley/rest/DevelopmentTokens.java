package dev.parley.rest;

import dev.parley.auth.TokenIssuer;
import dev.parley.auth.TokenIssuer.Grant;
import dev.parley.protocol.Fields;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/// Tokens for whoever asks. Exists in development mode only.
final class DevelopmentTokens {
  private static final int MAX_NAMES = 100;
  private static final int MAX_NAME_CHARS = 128;
  private static final Duration LIFETIME = Duration.ofHours(12);

  private final TokenIssuer issuer;

  DevelopmentTokens(TokenIssuer issuer) {
    this.issuer = issuer;
  }

  List<Call> calls() {
    return List.of(Call.post("/dev/token", Rights.OPEN, this::issue));
  }

  private Future<Answer> issue(Asked asked) {
    Fields in = asked.body();
    Grant grant =
        new Grant(
            in.user("user_id"),
            in.optionalText("username", MAX_NAME_CHARS).filter(name -> !name.isEmpty()),
            in.texts("roles", MAX_NAMES, MAX_NAME_CHARS),
            in.texts("rooms", MAX_NAMES, MAX_NAME_CHARS),
            LIFETIME);
    return Future.succeededFuture(
        Answer.ok(
            out ->
                out.text("token", issuer.issue(grant)).number("expires_in", LIFETIME.toSeconds())));
  }
}
