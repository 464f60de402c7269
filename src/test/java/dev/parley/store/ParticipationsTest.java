package dev.parley.store;

import static dev.parley.kit.DomainKit.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.DomainKit;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ParticipationsTest {
  private static final RoomName LOBBY = new RoomName("lobby");
  private static final UserId ANN = new UserId("ann");

  private final DomainKit kit = new DomainKit(1);
  private final Participations participations = new Participations(kit.store.records());

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void beginsOnceAndEnds() {
    assertThat(begin(LOBBY)).isTrue();
    assertThat(begin(LOBBY)).isFalse();
    assertThat(await(participations.has(LOBBY, ANN))).isTrue();
    assertThat(await(participations.usersOf(LOBBY, 10))).containsExactly(ANN);

    await(participations.end(LOBBY, ANN));
    await(participations.end(LOBBY, ANN));

    assertThat(await(participations.has(LOBBY, ANN))).isFalse();
    assertThat(await(participations.roomsOf(ANN))).isEmpty();
    assertThat(begin(LOBBY)).isTrue();
  }

  @Test
  void halfAParticipationIsMended() {
    assertThat(begin(LOBBY)).isTrue();
    await(kit.store.records().remove(StreamId.of(ANN), "part/lobby"));

    assertThat(begin(LOBBY)).isTrue();
    assertThat(await(participations.roomsOf(ANN))).containsExactly(LOBBY);
  }

  @Test
  void allRoomsAreListedHoweverMany() {
    await(
        Future.all(
            IntStream.range(0, 1_500)
                .mapToObj(i -> participations.begin(room(i), ANN, Instant.EPOCH))
                .toList()));

    assertThat(await(participations.roomsOf(ANN))).hasSize(1_500).isSorted();
  }

  private static RoomName room(int number) {
    return new RoomName("room" + number);
  }

  private boolean begin(RoomName room) {
    return await(participations.begin(room, ANN, Instant.EPOCH));
  }
}
