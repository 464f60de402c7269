package dev.parley.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.Shared;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The promise that counts most: what was acknowledged survives `kill -9`, once and in order. The
/// same game finds the bug it is meant to find. On a real disk; `-Dparley.test.crashes=200` plays
/// it longer.
@ResourceLock(Shared.PROCESSES)
final class EmbeddedCrashTest {
  private static final int ROUNDS = Integer.getInteger("parley.test.crashes", 6);
  private static final int ROUNDS_TO_FIND_A_BUG = 40;

  private EmbeddedFixture fixture;

  @BeforeEach
  void setUp() throws Exception {
    fixture = EmbeddedFixture.onDisk();
  }

  @AfterEach
  void tearDown() throws Exception {
    fixture.end();
  }

  @Test
  void whatWasAcknowledgedSurvivesBeingKilled() throws Exception {
    long seed = Long.getLong("parley.test.seed", System.nanoTime());
    var game = new CrashGame(fixture, false, seed);
    for (int round = 1; round <= ROUNDS; round++) {
      assertThat(game.playRound()).as("round %d, seed %d", round, seed).isEmpty();
    }
    System.out.printf("crashes: %d rounds, %s, seed %d%n", ROUNDS, game, seed);
    assertThat(game.acknowledged()).isPositive();
  }

  @Test
  void acknowledgingBeforeTheCommitIsFound() throws Exception {
    long seed = Long.getLong("parley.test.seed", System.nanoTime());
    var game = new CrashGame(fixture, true, seed);
    List<String> findings = new ArrayList<>();
    int round = 0;
    while (findings.isEmpty() && round < ROUNDS_TO_FIND_A_BUG) {
      findings = game.playRound();
      round++;
    }
    assertThat(findings).as("seed %d", seed).isNotEmpty();
    System.out.printf("planted bug: round %d, %s, seed %d%n", round, findings.getFirst(), seed);
  }
}
