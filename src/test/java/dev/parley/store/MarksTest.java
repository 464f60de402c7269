package dev.parley.store;

import static dev.parley.kit.DomainKit.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.DomainKit;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import dev.parley.store.Marks.Mark;
import dev.parley.store.Marks.Raised;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MarksTest {
  private static final RoomName ROOM = new RoomName("lobby");
  private static final UserId ANN = new UserId("ann");

  private final DomainKit kit = new DomainKit(1);
  private final Marks marks = new Marks(kit.store.records());

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void whoReadNothingIsAtTheStart() {
    assertThat(await(marks.get(ROOM, ANN))).isEqualTo(Mark.START);
    assertThat(Mark.START.unreadOf(7)).isEqualTo(7);
  }

  @Test
  void aMarkRisesAndNeverFalls() {
    assertThat(await(marks.raise(ROOM, ANN, new Mark(5, 3))))
        .isEqualTo(new Raised(new Mark(5, 3), 1, true));
    assertThat(await(marks.raise(ROOM, ANN, new Mark(4, 2))))
        .isEqualTo(new Raised(new Mark(5, 3), 1, false));
    assertThat(await(marks.raise(ROOM, ANN, new Mark(5, 3))))
        .isEqualTo(new Raised(new Mark(5, 3), 1, false));
    assertThat(await(marks.get(ROOM, ANN))).isEqualTo(new Mark(5, 3));
  }

  @Test
  void whoKnowsItsVersionRaisesItWithoutLooking() {
    Raised first = await(marks.raise(ROOM, ANN, new Mark(5, 3), 0));
    assertThat(first).isEqualTo(new Raised(new Mark(5, 3), 1, true));

    assertThat(await(marks.raise(ROOM, ANN, new Mark(6, 4), first.version())))
        .isEqualTo(new Raised(new Mark(6, 4), 2, true));
  }

  @Test
  void whoIsWrongAboutItsVersionNeverLowersIt() {
    await(marks.raise(ROOM, ANN, new Mark(5, 3)));
    await(marks.raise(ROOM, ANN, new Mark(9, 7)));

    assertThat(await(marks.raise(ROOM, ANN, new Mark(8, 6), 1)))
        .isEqualTo(new Raised(new Mark(9, 7), 2, false));
    assertThat(await(marks.raise(ROOM, ANN, new Mark(10, 8), 0)))
        .isEqualTo(new Raised(new Mark(10, 8), 3, true));
  }

  @Test
  void marksAreOfOneUserInOneRoom() {
    assertThat(await(marks.raise(ROOM, ANN, new Mark(5, 3))).rose()).isTrue();

    assertThat(await(marks.get(ROOM, new UserId("bob")))).isEqualTo(Mark.START);
    assertThat(await(marks.get(new RoomName("hall"), ANN))).isEqualTo(Mark.START);
  }

  @Test
  void aMarkBeyondALostHistoryCountsNothingAsUnread() {
    assertThat(new Mark(90, 80).unreadOf(7)).isZero();
  }

  /// Whoever raises at once: the highest stays.
  @Test
  void theHighestOfManyAtOnceStays() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      UserId user = new UserId("u" + round);
      List<Long> seqs = new ArrayList<>(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L));
      Collections.shuffle(seqs, random);
      List<Future<Raised>> raises =
          seqs.stream().map(seq -> marks.raise(ROOM, user, new Mark(seq, seq))).toList();
      await(Future.all(raises));
      assertThat(await(marks.get(ROOM, user))).as("seed %d", seed).isEqualTo(new Mark(8, 8));
    }
  }
}
