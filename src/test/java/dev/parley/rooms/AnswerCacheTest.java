package dev.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import dev.parley.rooms.AnswerCache.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AnswerCacheTest {
  private static final Instant NOW = Instant.EPOCH;
  private static final Duration VALIDITY = Duration.ofSeconds(30);

  private final AnswerCache cache = new AnswerCache(VALIDITY, () -> 0);

  @Test
  void anAnswerHoldsForItsTime() {
    cache.keep(question("ann", "lobby"), true, NOW);
    cache.keep(question("bob", "lobby"), false, NOW);

    Instant last = NOW.plus(VALIDITY).minusNanos(1);
    assertThat(cache.find(question("ann", "lobby"), last)).contains(true);
    assertThat(cache.find(question("bob", "lobby"), last)).contains(false);
    assertThat(cache.find(question("ann", "lobby"), NOW.plus(VALIDITY))).isEmpty();
  }

  @Test
  void anotherRoleIsAnotherQuestion() {
    cache.keep(question("ann", "lobby"), true, NOW);

    assertThat(
            cache.find(
                new Question(new UserId("ann"), Set.of("x"), "join", new RoomName("lobby")), NOW))
        .isEmpty();
  }

  @Test
  void aChangeOfRightsIsForgottenAtOnce() {
    cache.keep(question("ann", "lobby"), true, NOW);
    cache.keep(question("ann", "hall"), true, NOW);

    cache.forget(new RoomName("lobby"), new UserId("ann"));

    assertThat(cache.find(question("ann", "lobby"), NOW)).isEmpty();
    assertThat(cache.find(question("ann", "hall"), NOW)).contains(true);
  }

  @Test
  void theOldestGiveWay() {
    for (int i = 0; i <= AnswerCache.CAPACITY; i++) {
      cache.keep(question("u" + i, "lobby"), true, NOW);
    }

    assertThat(cache.size()).isEqualTo(AnswerCache.CAPACITY);
    assertThat(cache.find(question("u0", "lobby"), NOW)).isEmpty();
    assertThat(cache.find(question("u1", "lobby"), NOW)).contains(true);
  }

  private static Question question(String user, String room) {
    return new Question(new UserId(user), Set.of(), "join", new RoomName(room));
  }
}
