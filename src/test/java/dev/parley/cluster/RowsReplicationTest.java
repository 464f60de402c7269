package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.RowsDelta.Written;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Own rows and their copy, with whatever an ordered, lossy link does between them.
final class RowsReplicationTest {
  private static final int ROUNDS = 300;

  private final long seed = Long.getLong("parley.test.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void aDeltaThatFollowsIsTaken() {
    OwnRows own = new OwnRows("run");
    Replica replica = read(own);
    own.put("a", "1");

    assertThat(replica.take(own.takeDelta(10)))
        .containsExactly(changed("a", Optional.empty(), "1"));
    assertThat(values(replica)).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void aMissingDeltaIsNoticedByTheNextVersion() {
    OwnRows own = new OwnRows("run");
    Replica replica = read(own);
    own.put("a", "1");
    RowsDelta lost = own.takeDelta(10);

    assertThat(lost.rows()).hasSize(1);
    assertThat(replica.isCurrent()).isTrue();
    assertThat(replica.take(own.takeDelta(10))).isEmpty();
    assertThat(replica.isStale()).isTrue();
  }

  @Test
  void aDeltaThatComesLateBringsNothingBack() {
    OwnRows own = new OwnRows("run");
    Replica replica = read(own);
    own.put("a", "1");
    RowsDelta late = own.takeDelta(10);
    own.remove("a");
    assertThat(replica.take(own.takeDelta(10))).isEmpty();
    assertThat(replica.take(replica.beginReading(), own.page("", 100))).isEmpty();

    assertThat(replica.take(late)).isEmpty();
    assertThat(values(replica)).isEmpty();
    assertThat(replica.isCurrent()).isTrue();
  }

  @Test
  void whoDoubtsReadsAgain() {
    Replica replica = read(new OwnRows("run"));
    replica.doubt();
    assertThat(replica.isStale()).isTrue();
  }

  @Test
  void whatAnEarlierRunSaidIsForgotten() {
    OwnRows first = new OwnRows("first");
    for (int i = 0; i < 100; i++) {
      first.put("a", "old " + i);
      first.put("b" + i, "old");
      assertThat(first.takeDelta(10).rows()).isNotEmpty();
    }
    Replica replica = read(first);
    OwnRows second = new OwnRows("second");
    second.put("a", "new");

    assertThat(replica.take(second.takeDelta(10))).isEmpty();
    assertThat(replica.isStale()).isTrue();
    List<Replica.Changed> changed = replica.take(replica.beginReading(), second.page("", 100));
    assertThat(changed).contains(changed("a", Optional.of("old 99"), "new"));
    assertThat(values(replica)).isEqualTo(Map.of("a", "new"));
  }

  @Test
  void anUnchangedValueIsNotTold() {
    OwnRows own = new OwnRows("run");
    own.put("a", "1");
    assertThat(own.takeDelta(10).rows()).hasSize(1);
    own.put("a", "1");
    own.remove("never");

    assertThat(own.takeDelta(10).rows()).isEmpty();
  }

  @Test
  void whatWasToldIsToldWithTheRowEvenIfThatIsTheSameAgain() {
    OwnRows own = new OwnRows("run");
    own.turn("a", Optional.of("1"), true, false);
    assertThat(told(own)).containsExactly(Told.THIS);
    own.turn("a", Optional.empty(), true, false);
    own.turn("a", Optional.of("1"), false, false);
    assertThat(told(own)).containsExactly(Told.OPPOSITE);
    own.turn("a", Optional.empty(), false, false);
    own.turn("a", Optional.of("1"), false, false);
    assertThat(told(own)).isEmpty();
    own.turn("a", Optional.empty(), true, false);
    own.turn("a", Optional.of("1"), true, false);
    assertThat(told(own)).containsExactly(Told.THIS);
    own.turn("a", Optional.empty(), false, false);
    assertThat(told(own)).containsExactly(Told.NOTHING);
    own.turn("a", Optional.of("1"), true, false);
    own.turn("a", Optional.empty(), false, false);
    assertThat(told(own)).containsExactly(Told.OPPOSITE);
  }

  private static List<Told> told(OwnRows own) {
    return own.takeDelta(10).rows().stream().map(Written::told).toList();
  }

  @Test
  void theCopyComesToEqualWhatItsNodeSaysWhateverIsLost() {
    for (int round = 0; round < ROUNDS; round++) {
      play(round);
    }
  }

  /// The link keeps order and drops; pages are asked while deltas go on.
  private void play(int round) {
    OwnRows own = new OwnRows("run " + random.nextInt(3));
    Replica replica = newReplica();
    Queue<Object> link = new ArrayDeque<>();
    for (int step = 0; step < 200; step++) {
      switch (random.nextInt(6)) {
        case 0, 1 -> own.put("k" + random.nextInt(20), "v" + random.nextInt(4));
        case 2 -> turn(own, "k" + random.nextInt(20));
        case 3 -> post(link, own.takeDelta(1 + random.nextInt(5)));
        case 4 -> ask(own, replica, link);
        default -> receive(replica, link, own);
      }
    }
    settle(own, replica, link);
    assertThat(values(replica)).as("round %d, seed %d", round, seed).isEqualTo(valuesOf(own));
  }

  private void turn(OwnRows own, String key) {
    switch (random.nextInt(3)) {
      case 0 -> own.remove(key);
      case 1 -> own.turn(key, Optional.empty(), random.nextBoolean(), false);
      default -> own.turn(key, Optional.of("v"), random.nextBoolean(), false);
    }
  }

  private void post(Queue<Object> link, RowsDelta delta) {
    if (random.nextInt(6) > 0) {
      link.add(delta);
    }
  }

  private void ask(OwnRows own, Replica replica, Queue<Object> link) {
    if (replica.isStale()) {
      link.add(new Answer(replica.beginReading(), own.page("", 1 + random.nextInt(7))));
    }
  }

  private void receive(Replica replica, Queue<Object> link, OwnRows own) {
    switch (link.poll()) {
      case RowsDelta delta -> assertThat(replica.take(delta)).isNotNull();
      case Answer(int reading, RowsPage page) -> {
        assertThat(replica.take(reading, page)).isNotNull();
        if (replica.isReading(reading)) {
          link.add(new Answer(reading, own.page(replica.cursor(), 1 + random.nextInt(7))));
        }
      }
      case null, default -> {}
    }
  }

  private void settle(OwnRows own, Replica replica, Queue<Object> link) {
    for (int i = 0; i < 1_000 && !(isSettled(own, replica) && link.isEmpty()); i++) {
      receive(replica, link, own);
      if (link.isEmpty()) {
        link.add(own.takeDelta(100));
      }
      ask(own, replica, link);
      receive(replica, link, own);
    }
    assertThat(isSettled(own, replica)).as("seed %d", seed).isTrue();
  }

  private static boolean isSettled(OwnRows own, Replica replica) {
    return replica.isCurrent() && !own.hasWaiting() && values(replica).equals(valuesOf(own));
  }

  private static Replica newReplica() {
    return new Replica(new Object(), (_, _) -> {});
  }

  private static Replica.Changed changed(String key, Optional<String> before, String value) {
    return new Replica.Changed(key, before, Optional.of(value));
  }

  private static Replica read(OwnRows own) {
    Replica replica = newReplica();
    assertThat(replica.take(replica.beginReading(), own.page("", 1_000))).isNotNull();
    assertThat(replica.isCurrent()).isTrue();
    return replica;
  }

  private record Answer(int reading, RowsPage page) {}

  private static Map<String, String> values(Replica replica) {
    return replica.rows().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().value()));
  }

  private static Map<String, String> valuesOf(OwnRows own) {
    Map<String, String> values = new HashMap<>();
    for (Written row : own.page("", 1_000).rows()) {
      values.put(row.key(), row.value().orElseThrow());
    }
    return values;
  }
}
