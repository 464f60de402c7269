package dev.parley.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Envelope;
import dev.parley.protocol.PresenceEvent.Cause;
import dev.parley.protocol.PresenceEvent.PresenceChanged;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MovesBatchTest {
  private static final RoomName HALL = new RoomName("hall");
  private static final RoomName YARD = new RoomName("yard");

  private final MovesBatch batch = new MovesBatch();

  @Test
  void theNewestOfEachUserIsToldToAllTheirRooms() {
    PresenceChanged newest = moved("ann", 2);
    batch.add(moved("ann", 1), List.of(HALL));
    batch.add(moved("bob", 1), List.of(HALL));
    batch.add(newest, List.of(HALL, YARD));

    List<Envelope> told = batch.take();

    assertThat(told)
        .containsExactly(
            Envelope.ephemeral(moved("bob", 1), Topic.of(HALL)),
            Envelope.ephemeral(newest, List.of(Topic.of(HALL), Topic.of(YARD))));
    assertThat(batch.size()).isZero();
    assertThat(batch.take()).isEmpty();
  }

  private static PresenceChanged moved(String user, long second) {
    return new PresenceChanged(
        PresenceState.unknown(new UserId(user)), Cause.STATUS, Instant.ofEpochSecond(second));
  }
}
