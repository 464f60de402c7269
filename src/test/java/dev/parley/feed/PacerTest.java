package dev.parley.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.feed.Pacer.Verdict;
import dev.parley.protocol.Pacing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PacerTest {
  private static final Duration PACE = Duration.ofNanos(250);
  private static final long MEMORY = 10_000;

  private final Pacer<String> pacer = new Pacer<>(100, MEMORY);

  @Test
  void theFirstPassesAtOnceAndThenTheNewestWhenItIsTime() {
    assertThat(offer(1, "a", 0)).isEqualTo(Verdict.NOW);
    assertThat(offer(2, "b", 100)).isEqualTo(Verdict.LATER);
    assertThat(offer(3, "c", 200)).isEqualTo(Verdict.LATER_INSTEAD);
    assertThat(pacer.nextDue()).hasValue(250);
    assertThat(pacer.due(249)).isEmpty();
    assertThat(pacer.due(250)).containsExactly("c");
    assertThat(offer(4, "d", 260)).isEqualTo(Verdict.LATER);
    assertThat(pacer.due(500)).containsExactly("d");
    assertThat(pacer.nextDue()).isEmpty();
    assertThat(offer(5, "e", 750)).isEqualTo(Verdict.NOW);
  }

  @Test
  void theLastOneTakesThePlaceOfWhatWaits() {
    assertThat(offer(1, "a", 0)).isEqualTo(Verdict.NOW);
    assertThat(offer(2, "b", 100)).isEqualTo(Verdict.LATER);
    assertThat(pacer.offer(Pacing.last("k", 3), "end", 110)).isEqualTo(Verdict.NOW_INSTEAD);
    assertThat(pacer.nextDue()).isEmpty();
    assertThat(offer(2, "b", 120)).isEqualTo(Verdict.STALE);
    assertThat(pacer.offer(Pacing.last("k", 3), "end", 130)).isEqualTo(Verdict.STALE);
  }

  @Test
  void whatIsOlderOrTheSameIsNoNewsAsLongAsTheKeyIsRemembered() {
    assertThat(offer(5, "a", 0)).isEqualTo(Verdict.NOW);
    assertThat(offer(5, "a", 1_000)).isEqualTo(Verdict.STALE);
    assertThat(offer(4, "b", MEMORY - 1)).isEqualTo(Verdict.STALE);
    assertThat(offer(4, "b", MEMORY)).isEqualTo(Verdict.NOW);
  }

  @Test
  void keysBeyondTheBoundPassUnpacedUntilThereIsRoom() {
    Pacer<String> small = new Pacer<>(2, MEMORY);
    assertThat(small.offer(new Pacing("a", 1, PACE), "a1", 0)).isEqualTo(Verdict.NOW);
    assertThat(small.offer(new Pacing("a", 2, PACE), "a2", 1)).isEqualTo(Verdict.LATER);
    assertThat(small.offer(new Pacing("b", 1, PACE), "b1", 2)).isEqualTo(Verdict.NOW);
    assertThat(small.offer(new Pacing("c", 1, PACE), "c1", 3)).isEqualTo(Verdict.NOW);
    assertThat(small.offer(new Pacing("c", 2, PACE), "c2", 4)).isEqualTo(Verdict.NOW);
    assertThat(small.remembered()).isEqualTo(2);
    assertThat(small.due(250)).containsExactly("a2");
    assertThat(small.offer(new Pacing("c", 3, PACE), "c3", 260)).isEqualTo(Verdict.NOW);
    assertThat(small.offer(new Pacing("c", 4, PACE), "c4", 261)).isEqualTo(Verdict.LATER);
    assertThat(small.remembered()).isEqualTo(2);
  }

  /// Whatever order events of several jobs come in from several nodes: what passes rises, keeps the
  /// pace, ends with the last one, and the newest is never lost.
  @Test
  void anyOrderOfEventsIsOneRisingStory() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      new Game(random).play("seed " + seed + ", round " + round);
    }
  }

  private Verdict offer(long rank, String item, long now) {
    return pacer.offer(new Pacing("k", rank, PACE), item, now);
  }

  private record Sent(long rank, long at, boolean last) {}

  /// Some keys, each with events 1…n; the last may be an end. They are offered roughly in order,
  /// some twice, some late.
  private static final class Game {
    private final Random random;
    private final Pacer<Pacing> pacer = new Pacer<>(100, 1L << 40);
    private final List<Pacing> events = new ArrayList<>();
    private final Map<Object, List<Sent>> sent = new HashMap<>();
    private final Map<Object, Long> newest = new HashMap<>();
    private final Map<Object, Boolean> ended = new HashMap<>();
    private long now;

    Game(Random random) {
      this.random = random;
      int keys = 1 + random.nextInt(4);
      for (int key = 0; key < keys; key++) {
        addEvents("k" + key);
      }
    }

    private void addEvents(String key) {
      int count = 1 + random.nextInt(40);
      boolean ends = random.nextInt(3) > 0;
      for (int rank = 1; rank <= count; rank++) {
        boolean last = ends && rank == count;
        insert(last ? Pacing.last(key, rank) : new Pacing(key, rank, PACE));
        if (random.nextInt(5) == 0) {
          insert(last ? Pacing.last(key, rank) : new Pacing(key, rank, PACE));
        }
      }
      newest.put(key, (long) count);
      ended.put(key, ends);
    }

    private void insert(Pacing event) {
      events.add(Math.max(0, events.size() - random.nextInt(6)), event);
    }

    void play(String what) {
      for (Pacing event : events) {
        now += random.nextInt(120);
        letOut();
        if (pacer.offer(event, event, now).isNow()) {
          note(event, now);
        }
      }
      while (pacer.nextDue().isPresent()) {
        now = Math.max(now, pacer.nextDue().getAsLong());
        letOut();
      }
      sent.forEach((key, story) -> check(what, key, story));
      assertThat(sent.keySet()).as(what).isEqualTo(newest.keySet());
    }

    /// The timer may be late.
    private void letOut() {
      if (pacer.nextDue().isPresent() && pacer.nextDue().getAsLong() <= now) {
        now += random.nextInt(10);
        pacer.due(now).forEach(event -> note(event, now));
      }
    }

    private void note(Pacing event, long at) {
      sent.computeIfAbsent(event.key(), _ -> new ArrayList<>())
          .add(new Sent(event.rank(), at, event.isLast()));
    }

    private void check(String what, Object key, List<Sent> story) {
      assertThat(story.getLast().rank()).as(what).isEqualTo(newest.get(key));
      assertThat(story.getLast().last()).as(what).isEqualTo(ended.get(key));
      for (int i = 1; i < story.size(); i++) {
        Sent before = story.get(i - 1);
        Sent each = story.get(i);
        assertThat(each.rank()).as(what).isGreaterThan(before.rank());
        assertThat(each.last() || each.at() - before.at() >= PACE.toNanos()).as(what).isTrue();
      }
    }
  }
}
