package dev.parley.store;

import static dev.parley.store.Samples.ROOM;
import static dev.parley.store.Samples.append;
import static dev.parley.store.Samples.message;
import static dev.parley.store.Samples.reaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Stamp;
import dev.parley.store.Append.NewEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AnswerTest {
  @Test
  void theStampsAreThoseOfTheFirstAnswer() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var history = new History(1_000, 900, 0, List.of(new Stretch(1, "a"), new Stretch(333, "b")));
    for (int round = 0; round < 2_000; round++) {
      int count = 1 + random.nextInt(64);
      long seq = random.nextInt(900);
      long number = random.nextInt(500);
      var events = new ArrayList<NewEvent>();
      var stamps = new ArrayList<Stamp>();
      for (int i = 0; i < count; i++) {
        boolean counted = random.nextBoolean();
        events.add(counted ? message("m") : reaction("r"));
        number += counted ? 1 : 0;
        stamps.add(history.stamp(++seq, number));
      }
      var answer = Answer.of(append(ROOM, events.toArray(NewEvent[]::new)), stamps.getLast());
      assertThat(answer.stamps(history)).as("seed %d", seed).isEqualTo(stamps);
    }
  }
}
