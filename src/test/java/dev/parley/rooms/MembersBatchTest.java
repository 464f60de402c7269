package dev.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Member;
import dev.parley.protocol.RoomEvent.MembersChanged;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MembersBatchTest {
  private static final RoomName ROOM = new RoomName("large");

  @Test
  void whoCameAndWentIsNotTold() {
    MembersBatch batch = new MembersBatch();
    batch.onMove(member(1), true);
    batch.onMove(member(1), false);
    batch.onMove(member(2), false);
    batch.onMove(member(2), true);

    assertThat(batch.toEvents(ROOM, 300, Instant.EPOCH)).isEmpty();
  }

  @Test
  void whoMustBeToldIsToldThoughTheyCameAndWent() {
    MembersBatch batch = new MembersBatch();
    batch.onMoveInAnyCase(member(1), false);
    batch.onMove(member(1), true);
    batch.onMove(member(2), true);
    batch.onMoveInAnyCase(member(2), false);

    List<MembersChanged> events = batch.toEvents(ROOM, 300, Instant.EPOCH);

    assertThat(events)
        .containsExactly(
            new MembersChanged(ROOM, List.of(member(1)), List.of(member(2)), 300, Instant.EPOCH));
  }

  @Test
  void manyAreToldInSeveralEvents() {
    MembersBatch batch = new MembersBatch();
    for (int i = 0; i < MembersBatch.CHUNK + 1; i++) {
      batch.onMove(member(i), true);
    }
    batch.onMove(member(1_000), false);

    List<MembersChanged> events = batch.toEvents(ROOM, 300, Instant.EPOCH);

    assertThat(events).hasSize(2);
    assertThat(events.getFirst().joined()).hasSize(MembersBatch.CHUNK);
    assertThat(events.getFirst().left()).containsExactly(member(1_000));
    assertThat(events.getLast().joined()).containsExactly(member(MembersBatch.CHUNK));
    assertThat(events).allMatch(event -> event.members() == 300);
  }

  /// Whoever applies the events to the members of before has the members of now.
  @Test
  void eventsLeadFromTheMembersOfBeforeToThoseOfNow() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Set<Member> present = new HashSet<>();
    Set<Member> known = new HashSet<>();
    for (int round = 0; round < 100; round++) {
      MembersBatch batch = new MembersBatch();
      for (int i = random.nextInt(1_000); i > 0; i--) {
        Member member = member(random.nextInt(600));
        if (present.remove(member)) {
          batch.onMove(member, false);
        } else {
          present.add(member);
          batch.onMove(member, true);
        }
      }
      for (MembersChanged event : batch.toEvents(ROOM, present.size(), Instant.EPOCH)) {
        assertThat(known).as("seed %d", seed).containsAll(event.left());
        assertThat(event.joined()).as("seed %d", seed).noneMatch(known::contains);
        event.left().forEach(known::remove);
        known.addAll(event.joined());
      }
      assertThat(known).as("seed %d", seed).isEqualTo(present);
    }
  }

  private static Member member(int number) {
    return new Member(new UserId("u" + number), "User " + number, Optional.empty());
  }
}
