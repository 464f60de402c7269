package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Revocations.Token;
import dev.parley.protocol.AccessCommand.BlockUser;
import dev.parley.protocol.AccessCommand.RevokeToken;
import dev.parley.protocol.AccessCommand.RevokeTokens;
import dev.parley.protocol.AccessCommand.RevokeTokensOf;
import dev.parley.protocol.AccessCommand.UnblockUser;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevocationsTest {
  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Revocations revocations = new Revocations();

  @Test
  void nothingIsRevokedAtFirst() {
    assertThat(revocations.refuse(ANN, Token.NONE)).isEmpty();
  }

  @Test
  void aBlockedUserIsRefusedWhateverTheToken() {
    revocations.apply(new BlockUser(ANN));
    assertThat(revocations.refuse(ANN, issued(NOON))).contains(Refusal.BLOCKED);
    assertThat(revocations.refuse(BOB, issued(NOON))).isEmpty();
    revocations.apply(new UnblockUser(ANN));
    assertThat(revocations.refuse(ANN, issued(NOON))).isEmpty();
  }

  @Test
  void oneTokenIsRefused() {
    revocations.apply(new RevokeToken("x", Optional.empty()));
    assertThat(revocations.refuse(ANN, new Token(Optional.of("x"), Optional.empty())))
        .contains(Refusal.REVOKED);
    assertThat(revocations.refuse(ANN, new Token(Optional.of("y"), Optional.empty()))).isEmpty();
    assertThat(revocations.refuse(ANN, Token.NONE)).isEmpty();
  }

  @Test
  void olderTokensOfAUserAreRefusedAndThoseWithoutATime() {
    revocations.apply(new RevokeTokensOf(ANN, NOON));
    revocations.apply(new RevokeTokensOf(ANN, NOON.minusSeconds(60)));
    assertThat(revocations.refuse(ANN, issued(NOON.minusSeconds(1)))).contains(Refusal.REVOKED);
    assertThat(revocations.refuse(ANN, Token.NONE)).contains(Refusal.REVOKED);
    assertThat(revocations.refuse(ANN, issued(NOON))).isEmpty();
    assertThat(revocations.refuse(BOB, issued(NOON.minusSeconds(1)))).isEmpty();
  }

  @Test
  void olderTokensOfEverybodyAreRefused() {
    revocations.apply(new RevokeTokens(NOON));
    assertThat(revocations.refuse(BOB, issued(NOON.minusSeconds(1)))).contains(Refusal.REVOKED);
    assertThat(revocations.refuse(BOB, issued(NOON))).isEmpty();
  }

  @Test
  void whatIsReadAnewTakesThePlaceOfAll() {
    revocations.apply(new BlockUser(ANN));
    revocations.apply(new RevokeTokens(NOON));
    revocations.replace(List.of(new BlockUser(BOB)));
    assertThat(revocations.refuse(ANN, Token.NONE)).isEmpty();
    assertThat(revocations.isBlocked(BOB)).isTrue();
    assertThat(revocations.size()).isEqualTo(1);
  }

  private static Token issued(Instant at) {
    return new Token(Optional.empty(), Optional.of(at));
  }
}
