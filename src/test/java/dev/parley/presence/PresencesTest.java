package dev.parley.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PresencesTest {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration SEEN_EVERY = Duration.ofMinutes(2);
  private static final UserId ANN = new UserId("ann");

  private final OnlineUsers users = new OnlineUsers();
  private final Presences presences =
      new Presences(users, UsersElsewhere.NOWHERE, GRACE, SEEN_EVERY);
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void theFirstConnectionBringsAUserOnline() {
    Presences.Opened opened = open("1");

    assertThat(opened.first()).isTrue();
    assertThat(opened.online())
        .contains(
            new PresenceState(
                ANN,
                "ann",
                PresenceStatus.ONLINE,
                Optional.empty(),
                Optional.empty(),
                Optional.of(now),
                1));
  }

  @Test
  void furtherConnectionsAreOnlyCounted() {
    open("1");

    assertThat(open("2")).isEqualTo(new Presences.Opened(false, Optional.empty()));
    assertThat(open("2").online()).isEmpty();
    assertThat(users.find(ANN).orElseThrow().connections()).hasSize(2);
    assertThat(close("1")).isFalse();
    assertThat(close("1")).as("closed already").isFalse();
    assertThat(close("2")).isTrue();
  }

  @Test
  void aUserGoesOfflineAfterTheGrace() {
    open("1");
    Instant left = now;
    close("1");

    pass(GRACE.minusMillis(1));
    assertThat(presences.takeGone(now, 1_000)).isEmpty();
    assertThat(users.count()).isEqualTo(1);
    pass(Duration.ofMillis(1));
    assertThat(presences.takeGone(now, 1_000))
        .containsExactly(
            new PresenceState(
                ANN,
                "ann",
                PresenceStatus.OFFLINE,
                Optional.empty(),
                Optional.empty(),
                Optional.of(left),
                0));
    assertThat(users.count()).isZero();
    assertThat(presences.nextUnseen()).as("nothing is left of a stay that is over").isEmpty();
    assertThat(presences.nextGone()).isEmpty();
  }

  @Test
  void aReloadIsNoAbsence() {
    open("1");
    set(PresenceStatus.AWAY);
    close("1");
    pass(Duration.ofSeconds(4));

    assertThat(open("2")).isEqualTo(new Presences.Opened(true, Optional.empty()));
    pass(GRACE);

    assertThat(presences.takeGone(now, 1_000)).isEmpty();
    assertThat(users.find(ANN).orElseThrow().status()).isEqualTo(PresenceStatus.AWAY);
  }

  @Test
  void everyCloseHasAGraceOfItsOwn() {
    open("1");
    close("1");
    pass(Duration.ofSeconds(3));
    open("2");
    close("2");
    pass(Duration.ofSeconds(3));

    assertThat(presences.takeGone(now, 1_000)).as("the first absence ended").isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(presences.takeGone(now, 1_000)).hasSize(1);
  }

  @Test
  void theFirstConnectionAfterOfflineIsOnlineAgain() {
    open("1");
    set(PresenceStatus.BUSY);
    close("1");
    pass(GRACE);
    assertThat(presences.takeGone(now, 1_000)).hasSize(1);

    assertThat(open("2").online().map(PresenceState::status)).contains(PresenceStatus.ONLINE);
  }

  @Test
  void theLastStatusWinsAsAWhole() {
    open("1");
    assertThat(
            presences.set(Caller.of(ANN), said(PresenceStatus.BUSY, "in a meeting", "Oslo"), now))
        .isPresent();

    PresenceState state =
        presences.set(Caller.of(ANN), said(PresenceStatus.ONLINE, "", "home"), now).orElseThrow();

    assertThat(state.status()).isEqualTo(PresenceStatus.ONLINE);
    assertThat(state.statusMessage()).isEmpty();
    assertThat(state.location()).contains("home");
  }

  @Test
  void whoIsNotConnectedHasNoStatus() {
    assertThat(set(PresenceStatus.AWAY)).isEmpty();
    open("1");
    close("1");
    assertThat(set(PresenceStatus.AWAY)).as("nor in the grace").isEmpty();
  }

  @Test
  void whoStaysIsSeenAgainAndAgain() {
    open("1");
    assertThat(presences.takeUnseen(now, 9)).isEmpty();
    for (int i = 0; i < 3; i++) {
      pass(SEEN_EVERY);
      assertThat(presences.takeUnseen(now, 9)).hasSize(1);
      assertThat(presences.takeUnseen(now, 9)).isEmpty();
    }
    close("1");
    pass(GRACE);
    assertThat(presences.takeGone(now, 1_000)).hasSize(1);
    pass(SEEN_EVERY);
    assertThat(presences.takeUnseen(now, 9)).isEmpty();
    assertThat(presences.nextUnseen()).isEmpty();
  }

  @Test
  void manyAreSeenInPortions() {
    for (int i = 0; i < 25; i++) {
      Caller caller = Caller.of(new UserId("u" + i));
      assertThat(presences.opened(caller, new ConnectionId("c" + i), now).first()).isTrue();
    }
    pass(SEEN_EVERY);

    assertThat(presences.takeUnseen(now, 10)).hasSize(10);
    assertThat(presences.takeUnseen(now, 10)).hasSize(10);
    assertThat(presences.takeUnseen(now, 10)).hasSize(5);
  }

  /// Against a model that remembers, for each user, the open connections and when the last closed.
  @Test
  void agreesWithASimpleModel() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<UserId, Set<ConnectionId>> open = new HashMap<>();
    Map<UserId, Instant> left = new HashMap<>();
    Set<UserId> online = new HashSet<>();
    for (int step = 0; step < 30_000; step++) {
      pass(Duration.ofMillis(random.nextInt(1_500)));
      UserId user = new UserId("u" + random.nextInt(6));
      for (PresenceState gone : presences.takeGone(now, 1_000)) {
        assertThat(online.remove(gone.user())).as("seed %d", seed).isTrue();
        assertThat(open.getOrDefault(gone.user(), Set.of())).as("seed %d", seed).isEmpty();
        assertThat(left.getOrDefault(gone.user(), Instant.MIN).plus(GRACE)).isBeforeOrEqualTo(now);
      }
      Instant time = now;
      assertThat(online)
          .as("seed %d: none is forgotten", seed)
          .allMatch(
              id ->
                  !open.getOrDefault(id, Set.of()).isEmpty()
                      || left.getOrDefault(id, Instant.MIN).plus(GRACE).isAfter(time));
      ConnectionId connection = new ConnectionId(user + "-" + random.nextInt(2));
      Set<ConnectionId> theirs = open.computeIfAbsent(user, _ -> new HashSet<>());
      if (random.nextBoolean()) {
        boolean came = presences.opened(Caller.of(user), connection, now).online().isPresent();
        assertThat(came).as("seed %d", seed).isEqualTo(online.add(user));
        theirs.add(connection);
      } else if (presences.closed(user, connection, now)) {
        left.put(user, now);
        theirs.remove(connection);
        assertThat(theirs).as("seed %d", seed).isEmpty();
      } else {
        theirs.remove(connection);
      }
      assertThat(users.count()).as("seed %d", seed).isEqualTo(online.size());
    }
  }

  @CanIgnoreReturnValue
  private Presences.Opened open(String connection) {
    return presences.opened(Caller.of(ANN), new ConnectionId(connection), now);
  }

  @CanIgnoreReturnValue
  private boolean close(String connection) {
    return presences.closed(ANN, new ConnectionId(connection), now);
  }

  @CanIgnoreReturnValue
  private Optional<PresenceState> set(PresenceStatus status) {
    return presences.set(Caller.of(ANN), said(status, "", ""), now);
  }

  private static SetPresence said(PresenceStatus status, String message, String location) {
    return new SetPresence(status, Optional.of(message), Optional.of(location));
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }
}
