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
    batch.onJoined(member(1));
    batch.onLeft(member(1));
    batch.onLeft(member(2));
    batch.onJoined(member(2));

    assertThat(batch.toEvents(ROOM, 300, Instant.EPOCH)).isEmpty();
  }

  @Test
  void manyAreToldInSeveralEvents() {
    MembersBatch batch = new MembersBatch();
    for (int i = 0; i < MembersBatch.CHUNK + 1; i++) {
      batch.onJoined(member(i));
    }
    batch.onLeft(member(1_000));

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
          batch.onLeft(member);
        } else {
          present.add(member);
          batch.onJoined(member);
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
