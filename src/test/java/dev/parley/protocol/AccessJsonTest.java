package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.protocol.AccessCommand.BlockUser;
import dev.parley.protocol.AccessCommand.RevokeToken;
import dev.parley.protocol.AccessCommand.RevokeTokens;
import dev.parley.protocol.AccessCommand.RevokeTokensOf;
import dev.parley.protocol.AccessCommand.UnblockUser;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The form in which the store keeps what was taken back. Refusals of what is asked are in
/// `RevocationFlowTest`.
class AccessJsonTest {
  private static final UserId ANN = new UserId("ann");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void everyDecisionHasItsFormAndIsReadAgain() {
    golden()
        .forEach(
            (json, command) -> {
              assertThat(new JsonObject(text(AccessJson.encode(command))))
                  .isEqualTo(new JsonObject(json));
              assertThat(AccessJson.decode(bytes(json))).isEqualTo(command);
            });
  }

  @Test
  void fieldsOfNewerNodesAreIgnored() {
    assertThat(AccessJson.decode(bytes("{\"user_id\":\"ann\",\"block\":true,\"why\":\"x\"}")))
        .isEqualTo(new BlockUser(ANN));
  }

  @Test
  void whatOnlyNewerNodesKnowIsRefused() {
    for (String json : new String[] {"{}", "{\"of_tomorrow\":1}", "no json", "{\"jti\":\"\"}"}) {
      assertThatIllegalArgumentException()
          .as(json)
          .isThrownBy(() -> AccessJson.decode(bytes(json)));
    }
  }

  @Test
  void aUsersTokensAreRevokedUntilNowUnlessATimeIsGiven() {
    assertThat(AccessJson.revocation(new Fields(new JsonObject().put("user_id", "ann")), NOON))
        .isEqualTo(new RevokeTokensOf(ANN, NOON));
  }

  private static Map<String, AccessCommand> golden() {
    return Map.of(
        "{\"user_id\":\"ann\",\"block\":true}",
        new BlockUser(ANN),
        "{\"user_id\":\"ann\",\"block\":false}",
        new UnblockUser(ANN),
        "{\"jti\":\"t\"}",
        new RevokeToken("t", Optional.empty()),
        "{\"jti\":\"t\",\"expires_at\":\"2026-03-01T12:00:00Z\"}",
        new RevokeToken("t", Optional.of(NOON)),
        "{\"user_id\":\"ann\",\"issued_before\":\"2026-03-01T12:00:00Z\"}",
        new RevokeTokensOf(ANN, NOON),
        "{\"issued_before\":\"2026-03-01T12:00:00Z\"}",
        new RevokeTokens(NOON));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
