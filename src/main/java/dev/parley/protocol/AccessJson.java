package dev.parley.protocol;

import dev.parley.protocol.AccessCommand.BlockUser;
import dev.parley.protocol.AccessCommand.RevokeToken;
import dev.parley.protocol.AccessCommand.RevokeTokens;
import dev.parley.protocol.AccessCommand.RevokeTokensOf;
import dev.parley.protocol.AccessCommand.UnblockUser;
import dev.parley.protocol.json.JsonFormat;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The JSON of [AccessCommand]s: what is asked by REST and bus, and what the store keeps.
public final class AccessJson {
  /// Of a `jti`.
  public static final int MAX_TOKEN_ID = 256;

  /// By how much a time may lie ahead because of a wrong clock.
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private static final String BLOCK = "block";
  private static final String USER = "user_id";
  private static final String TOKEN = "jti";
  private static final String EXPIRES = "expires_at";
  private static final String BEFORE = "issued_before";

  private AccessJson() {}

  /// Reads which tokens are to be revoked: `{jti, expires_at?}`, `{user_id, issued_before?}` (now,
  /// if it is left out) or `{issued_before}`.
  ///
  /// @throws RejectedException if that is none of them
  public static AccessCommand revocation(Fields in, Instant now) {
    if (in.has(TOKEN)) {
      if (in.has(USER) || in.has(BEFORE)) {
        throw Fields.wrong(TOKEN, "names one token: no user_id and no issued_before with it");
      }
      return new RevokeToken(tokenId(in), in.optionalTime(EXPIRES));
    }
    if (in.has(EXPIRES)) {
      throw Fields.wrong(EXPIRES, "is said of a jti only");
    }
    Optional<Instant> before = in.optionalTime(BEFORE);
    if (before.filter(time -> time.isAfter(now.plus(AHEAD))).isPresent()) {
      throw Fields.wrong(BEFORE, "must not lie in the future");
    }
    if (in.has(USER)) {
      return new RevokeTokensOf(in.user(USER), before.orElse(now));
    }
    return new RevokeTokens(
        before.orElseThrow(
            () -> Fields.wrong(TOKEN, "is missing; or give user_id, or issued_before")));
  }

  public static byte[] encode(AccessCommand command) {
    return JsonFormat.TEXT.encode(out -> out.object().all(toJson(command)).end());
  }

  /// Reads what [#encode] wrote.
  ///
  /// @throws IllegalArgumentException if only newer nodes know it
  public static AccessCommand decode(byte[] json) {
    try {
      return read(new Fields(JsonFormat.TEXT.decode(json)));
    } catch (IOException | RejectedException e) {
      throw new IllegalArgumentException("not known here", e);
    }
  }

  private static JsonObject toJson(AccessCommand command) {
    return switch (command) {
      case BlockUser(var user) -> new JsonObject().put(USER, user.value()).put(BLOCK, true);
      case UnblockUser(var user) -> new JsonObject().put(USER, user.value()).put(BLOCK, false);
      case RevokeToken(var id, var expiresAt) -> {
        JsonObject json = new JsonObject().put(TOKEN, id);
        expiresAt.ifPresent(end -> json.put(EXPIRES, end.toString()));
        yield json;
      }
      case RevokeTokensOf(var user, var before) ->
          new JsonObject().put(USER, user.value()).put(BEFORE, before.toString());
      case RevokeTokens(var before) -> new JsonObject().put(BEFORE, before.toString());
    };
  }

  private static AccessCommand read(Fields in) {
    if (in.has(BLOCK)) {
      UserId user = in.user(USER);
      return in.flag(BLOCK, true) ? new BlockUser(user) : new UnblockUser(user);
    }
    if (in.has(TOKEN)) {
      return new RevokeToken(tokenId(in), in.optionalTime(EXPIRES));
    }
    return in.has(USER)
        ? new RevokeTokensOf(in.user(USER), in.time(BEFORE))
        : new RevokeTokens(in.time(BEFORE));
  }

  private static String tokenId(Fields in) {
    return in.text(TOKEN, MAX_TOKEN_ID);
  }
}
