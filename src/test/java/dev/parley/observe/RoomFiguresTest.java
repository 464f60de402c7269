package dev.parley.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.protocol.Caller;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Member;
import dev.parley.protocol.PresenceEvent.UserActivity;
import dev.parley.protocol.RoomEvent.RoomJoined;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomKind;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RoomFiguresTest {
  private static final Instant START = Instant.parse("2025-01-31T09:00:00Z");
  private static final RoomName ROOM = new RoomName("order_1");
  private static final UserId ANN = new UserId("ann");

  private final RoomFigures figures = new RoomFigures(4, 1);

  @Test
  void messagesCountOncePerRoomAndKind() {
    tell(message(ROOM), START);
    tell(new CustomMessage(new JsonObject()), START.plusSeconds(1));
    figures.onMessage(new RoomName("lobby"), START);
    tell(new RoomJoined(ROOM, Member.of(caller()), 1, START), START.plusSeconds(9));

    assertThat(figures.of(ROOM, START))
        .isEqualTo(new RoomActivity(2, Optional.of(START.plusSeconds(1)), 0));
    assertThat(figures.messagesByKind())
        .containsAllEntriesOf(Map.of(RoomKind.ORDER, 2L, RoomKind.OTHER, 1L, RoomKind.QUOTE, 0L));
  }

  @Test
  void arrivalsAreAveragedOverAboutADay() {
    Instant now = START;
    for (int i = 0; i < 2_000; i++) {
      now = now.plus(Duration.ofMinutes(15));
      figures.onArrival(ROOM, now);
    }
    assertThat(figures.of(ROOM, now).usersPerHour()).isCloseTo(4, within(0.1));
    assertThat(figures.of(ROOM, now.plus(Duration.ofDays(2))).usersPerHour())
        .as("two days without anybody")
        .isLessThan(0.6);
  }

  @Test
  void aNewRoomIsNotTakenForABusyOne() {
    figures.onArrival(ROOM, START);
    assertThat(figures.of(ROOM, START).usersPerHour()).isCloseTo(1, within(0.05));
    assertThat(figures.of(ROOM, START.plus(Duration.ofHours(4))).usersPerHour())
        .isCloseTo(0.25, within(0.03));
  }

  @Test
  void whoComesIsTakenFromWhatAdministratorsAreTold() {
    tell(new UserActivity("joined_room", ANN, Optional.of(ROOM), START), START);
    tell(new UserActivity("left_room", ANN, Optional.of(ROOM), START), START);
    tell(new UserActivity("connected", ANN, Optional.empty(), START), START);
    assertThat(figures.of(ROOM, START).usersPerHour()).isPositive();
    assertThat(figures.of(ROOM, START).messagesSent()).isZero();
  }

  @Test
  void theRoomsOfOldestActivityAreForgotten() {
    for (int i = 0; i < 4; i++) {
      figures.onMessage(room(i), START.plusSeconds(i));
    }
    figures.onMessage(room(0), START.plusSeconds(9));
    assertThat(figures.of(room(1), START).messagesSent()).as("a look is no activity").isOne();
    figures.onMessage(room(4), START.plusSeconds(10));

    assertThat(figures.size()).isEqualTo(4);
    assertThat(figures.of(room(1), START)).isEqualTo(RoomActivity.NONE);
    assertThat(figures.of(room(0), START).messagesSent()).isEqualTo(2);
    assertThat(figures.messagesByKind()).as("all are counted").containsEntry(RoomKind.OTHER, 6L);
  }

  @Test
  void whatTwoNodesSawIsAddedUp() {
    RoomActivity one = new RoomActivity(2, Optional.of(START), 1.5);
    RoomActivity other = new RoomActivity(3, Optional.of(START.plusSeconds(1)), 0.5);
    RoomActivity both = new RoomActivity(5, Optional.of(START.plusSeconds(1)), 2);
    assertThat(one.and(other)).isEqualTo(both).isEqualTo(other.and(one));
    assertThat(one.and(RoomActivity.NONE)).isEqualTo(one);
  }

  private void tell(Event event, Instant at) {
    figures.onEvent(Envelope.ephemeral(event, Topic.of(ROOM)), at);
  }

  private static RoomMessage message(RoomName room) {
    return new RoomMessage(room, ANN, "Ann", "said", JsonValue.NULL, JsonValue.NULL, START);
  }

  private static RoomName room(int i) {
    return new RoomName("r" + i);
  }

  private static Caller caller() {
    return Caller.of(ANN);
  }
}
