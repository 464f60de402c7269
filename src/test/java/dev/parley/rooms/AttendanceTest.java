package dev.parley.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Member;
import dev.parley.protocol.Reply.MembersPage;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.RoomEvent.MembersChanged;
import dev.parley.protocol.RoomEvent.RoomJoined;
import dev.parley.protocol.RoomEvent.RoomLeft;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import dev.parley.rooms.Attendance.Arrival;
import dev.parley.rooms.Attendance.Departure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AttendanceTest {
  private static final RoomName ROOM = new RoomName("lobby");
  private static final Instant NOW = Instant.EPOCH;

  private final Attendance attendance = new Attendance(3, MembersElsewhere.NOWHERE);

  @Test
  void aUserIsOneMemberHoweverManyConnections() {
    Arrival first = arrive("ann", "1");
    Arrival second = arrive("ann", "2");

    assertThat(first.news()).contains(new RoomJoined(ROOM, member("ann"), 1, NOW));
    assertThat(second.news()).isEmpty();
    assertThat(second.first()).isFalse();
    assertThat(second.count()).isEqualTo(1);
    assertThat(depart("ann", "1").news()).isEmpty();
    assertThat(depart("ann", "2").news()).contains(new RoomLeft(ROOM, member("ann"), 0, NOW));
  }

  @Test
  void arrivingTwiceAndLeavingTwiceCountOnce() {
    arrive("ann", "1");
    arrive("ann", "1");

    assertThat(depart("ann", "1").last()).isTrue();
    assertThat(depart("ann", "1").last()).isFalse();
    assertThat(depart("bob", "9").count()).isZero();
  }

  @Test
  void aRoomThatEverybodyLeftIsForgotten() {
    arrive("ann", "1");
    depart("ann", "1");

    assertThat(attendance.isOccupied(ROOM)).isFalse();
  }

  @Test
  void nobodyIsToldWhoIsInTheRoomOfAdministrators() {
    ConnectionId connection = new ConnectionId("1");
    Arrival arrival = attendance.arrive(RoomName.ADMIN, member("ann"), connection, NOW);
    Departure departure = attendance.depart(RoomName.ADMIN, new UserId("ann"), connection, NOW);

    assertThat(arrival.count()).isEqualTo(1);
    assertThat(arrival.news()).isEmpty();
    assertThat(departure.news()).isEmpty();
    assertThat(departure.last()).isTrue();
  }

  @Test
  void largeRoomsAreToldInBatches() {
    List.of("a", "b", "c").forEach(user -> arrive(user, user));
    assertThat(attendance.hasNews()).isFalse();

    assertThat(arrive("d", "d").news()).isEmpty();
    assertThat(arrive("e", "e").news()).isEmpty();
    assertThat(depart("a", "a").news()).isEmpty();

    assertThat(attendance.takeNews(NOW))
        .containsExactly(
            new MembersChanged(
                ROOM, List.of(member("d"), member("e")), List.of(member("a")), 4, NOW));
    assertThat(attendance.hasNews()).isFalse();
  }

  @Test
  void aRoomThatShrinksIsToldInOrder() {
    List.of("a", "b", "c", "d").forEach(user -> arrive(user, user));

    assertThat(depart("d", "d").news()).as("waits behind the arrival").isEmpty();
    assertThat(attendance.takeNews(NOW)).as("came and went").isEmpty();
    assertThat(depart("c", "c").news()).isPresent();
  }

  @Test
  void membersArePagedByUser() {
    List.of("c", "a", "b").forEach(user -> arrive(user, user));

    MembersPage first = attendance.page(ROOM, Optional.empty(), 2);
    MembersPage second = attendance.page(ROOM, first.next(), 2);

    assertThat(first.members()).containsExactly(member("a"), member("b"));
    assertThat(first.next()).contains(new UserId("b"));
    assertThat(second.members()).containsExactly(member("c"));
    assertThat(second.next()).isEmpty();
    assertThat(second.total()).isEqualTo(3);
  }

  /// Whoever hears all news knows the members, and counts are those of a simple model.
  @Test
  void newsLeadToTheMembersOfNow() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<UserId, Set<ConnectionId>> model = new HashMap<>();
    Set<UserId> known = new TreeSet<>();
    for (int step = 0; step < 20_000; step++) {
      Member member = member("u" + random.nextInt(8));
      ConnectionId connection = new ConnectionId(member.user() + "-" + random.nextInt(3));
      List<RoomEvent> news = new ArrayList<>();
      if (random.nextBoolean()) {
        Arrival arrival = attendance.arrive(ROOM, member, connection, NOW);
        model.computeIfAbsent(member.user(), _ -> new HashSet<>()).add(connection);
        arrival.news().ifPresent(news::add);
        assertThat(arrival.count()).as("seed %d", seed).isEqualTo(model.size());
      } else {
        Departure departure = attendance.depart(ROOM, member.user(), connection, NOW);
        model.computeIfPresent(member.user(), (_, open) -> without(open, connection));
        departure.news().ifPresent(news::add);
        assertThat(departure.count()).as("seed %d", seed).isEqualTo(model.size());
      }
      if (random.nextInt(10) == 0) {
        news.addAll(attendance.takeNews(NOW));
      }
      news.forEach(event -> learn(known, event));
      if (!attendance.hasNews()) {
        assertThat(known).as("seed %d", seed).isEqualTo(model.keySet());
      }
    }
  }

  private static @Nullable Set<ConnectionId> without(
      Set<ConnectionId> open, ConnectionId connection) {
    open.remove(connection);
    return open.isEmpty() ? null : open;
  }

  private static void learn(Set<UserId> known, RoomEvent event) {
    switch (event) {
      case RoomJoined joined -> assertThat(known.add(joined.member().user())).isTrue();
      case RoomLeft left -> assertThat(known.remove(left.member().user())).isTrue();
      case MembersChanged changed -> {
        changed.left().forEach(member -> assertThat(known.remove(member.user())).isTrue());
        changed.joined().forEach(member -> assertThat(known.add(member.user())).isTrue());
      }
      default -> throw new AssertionError("not about members: " + event);
    }
  }

  @CanIgnoreReturnValue
  private Arrival arrive(String user, String connection) {
    return attendance.arrive(ROOM, member(user), new ConnectionId(connection), NOW);
  }

  @CanIgnoreReturnValue
  private Departure depart(String user, String connection) {
    return attendance.depart(ROOM, new UserId(user), new ConnectionId(connection), NOW);
  }

  private static Member member(String user) {
    return new Member(new UserId(user), user, Optional.empty());
  }
}
