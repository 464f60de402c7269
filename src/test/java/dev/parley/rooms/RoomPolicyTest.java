package dev.parley.rooms;

import static dev.parley.rooms.RoomPolicy.Verdict.ADMITTED;
import static dev.parley.rooms.RoomPolicy.Verdict.DENIED;
import static dev.parley.rooms.RoomPolicy.Verdict.IF_GRANTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Config;
import dev.parley.config.RoomsConfig;
import dev.parley.protocol.Caller;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import dev.parley.rooms.RoomPolicy.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of `connection.md`, line by line.
final class RoomPolicyTest {
  private final RoomPolicy policy = policyOf(Config.defaults().rooms());

  @ParameterizedTest
  @CsvSource({
    // room, user, role, verdict
    "admin, ann, , DENIED",
    "admin, ann, admin, ADMITTED",
    "admin, ann, support, DENIED",
    "system_monitoring, ann, , ADMITTED",
    "background_jobs, ann, , ADMITTED",
    "all_document_updates, ann, , DENIED",
    "all_document_updates, ann, admin, ADMITTED",
    "document_updates_ann, ann, , ADMITTED",
    "document_updates_bob, ann, , DENIED",
    "document_updates_bob, ann, admin, ADMITTED",
    "document_updates_a_b, a_b, , ADMITTED",
    "order_123, ann, , IF_GRANTED",
    "order_123, ann, admin, ADMITTED",
    "order_123, ann, support, IF_GRANTED",
    "quote_9, ann, , IF_GRANTED",
    "quote_9, ann, admin, ADMITTED",
    "user_1_2, 1, , ADMITTED",
    "user_1_2, 2, , ADMITTED",
    "user_1_2, 3, , DENIED",
    "user_1_2, 3, admin, DENIED",
    "user_2_1, 1, , DENIED",
    "user_2_1, 2, admin, DENIED",
    "user_9_10, 10, , ADMITTED",
    "user_10_9, 10, , DENIED",
    "user_ann_bob, ann, , ADMITTED",
    "user_bob_ann, ann, , DENIED",
    "user_1_1, 1, , DENIED",
    "user_a_b_c, a, , IF_GRANTED",
    "user_a_b_c, b_c, , IF_GRANTED",
    "user_a_b_c, c, admin, IF_GRANTED",
    "support_77, ann, , IF_GRANTED",
    "support_77, ann, support, ADMITTED",
    "support_77, ann, admin, ADMITTED",
    "channel_general, ann, , ADMITTED",
    "lobby, ann, , ADMITTED",
    "user_ann, ann, , ADMITTED",
    "order_, ann, , ADMITTED",
    "Admin, ann, , ADMITTED",
  })
  void defaultsAreTheTableOfTheContract(String room, String user, String role, Verdict verdict) {
    assertThat(policy.judge(caller(user, role), new RoomName(room))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @ValueSource(strings = {"order_123", "order_{id}", "order_*", "order_1*", "*", "{any}"})
  void theTokenGrantsRoomsByNameAndPattern(String claim) {
    assertThat(policy.judge(holding(claim), new RoomName("order_123"))).isEqualTo(ADMITTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"order_12", "order_1234", "Order_123", "quote_*", "", "order_{", "{}x"})
  void theTokenGrantsNothingElse(String claim) {
    assertThat(policy.judge(holding(claim), new RoomName("order_123"))).isEqualTo(IF_GRANTED);
  }

  @Test
  void theTokenOpensOnlyRoomsThatCanBeGranted() {
    Caller caller = holding("*");

    assertThat(policy.judge(caller, RoomName.ADMIN)).isEqualTo(DENIED);
    assertThat(policy.judge(caller, new RoomName("document_updates_bob"))).isEqualTo(DENIED);
    assertThat(policy.judge(caller, new RoomName("user_1_2"))).isEqualTo(DENIED);
    assertThat(policy.judge(caller, new RoomName("user_a_b_c"))).isEqualTo(ADMITTED);
    assertThat(policy.judge(caller, new RoomName("support_1"))).isEqualTo(ADMITTED);
  }

  @Test
  void everythingElseCanBeClosed() {
    RoomPolicy closed = policyOf(Config.of("rooms.otherwise", "deny").rooms());

    assertThat(closed.judge(caller("ann", "admin"), new RoomName("lobby"))).isEqualTo(DENIED);
    assertThat(closed.judge(caller("ann", ""), new RoomName("channel_x"))).isEqualTo(ADMITTED);
  }

  @Test
  void theFirstRuleThatFitsDecides() {
    RoomPolicy custom =
        policyOf(
            Config.of("rooms.rules", "team_red: role:red; team_{name}: authenticated").rooms());

    assertThat(custom.judge(caller("ann", "blue"), new RoomName("team_red"))).isEqualTo(DENIED);
    assertThat(custom.judge(caller("ann", "red"), new RoomName("team_red"))).isEqualTo(ADMITTED);
    assertThat(custom.judge(caller("ann", "blue"), new RoomName("team_blu"))).isEqualTo(ADMITTED);
  }

  @ParameterizedTest
  @CsvSource({
    "admin, false",
    "system_monitoring, false",
    "background_jobs, false",
    "all_document_updates, false",
    "document_updates_ann, false",
    "document_updates_, true",
    "lobby, true",
    "order_1, true",
    "user_1_2, true",
    "channel_x, true",
  })
  void conversationsAreAllRoomsButTheServersOwn(String room, boolean conversation) {
    assertThat(RoomPolicy.isConversation(new RoomName(room))).isEqualTo(conversation);
  }

  /// Whatever two ids without `_` are, their room has one name and lets in exactly these two.
  @Test
  void aRoomOfTwoIsForThemAlone() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      String a = id(random, "019abZ.-:@");
      String b = id(random, "019abZ.-:@");
      RoomName one = new RoomName("user_" + a + "_" + b);
      RoomName other = new RoomName("user_" + b + "_" + a);
      Verdict first = policy.judge(caller(a, ""), one);
      Verdict second = policy.judge(caller(a, ""), other);
      String what = "seed %d: %s and %s".formatted(seed, a, b);
      if (a.equals(b)) {
        assertThat(first).as(what).isEqualTo(DENIED);
      } else {
        assertThat(first == ADMITTED).as(what).isNotEqualTo(second == ADMITTED);
        assertThat(policy.judge(caller(b, ""), one)).as(what).isEqualTo(first);
        assertThat(policy.judge(caller(a + "x", "admin"), one)).as(what).isEqualTo(DENIED);
      }
    }
  }

  /// Nobody gets into an ambiguous room by choosing their id.
  @Test
  void aNameThatReadsInTwoWaysIsForTheGrantedAlone() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      String a = id(random, "ab1_");
      String b = id(random, "ab1_");
      String rest = a + "_" + b;
      long ways = IntStream.range(1, rest.length() - 1).filter(i -> rest.charAt(i) == '_').count();
      Verdict verdict = policy.judge(caller(a, "admin"), new RoomName("user_" + rest));
      if (ways > 1) {
        assertThat(verdict).as("seed %d: %s", seed, rest).isEqualTo(IF_GRANTED);
      } else {
        assertThat(verdict).as("seed %d: %s", seed, rest).isNotEqualTo(IF_GRANTED);
      }
    }
  }

  /// A room that bears a hash is for the user whose id has it, not for one who is called like it.
  @Test
  void documentsOfAnyUserAreForThatUser() {
    RoomName room = RoomName.ofDocuments(new UserId("auth0|ann"));
    String mimic = room.value().substring("document_updates_".length());

    assertThat(policy.judge(caller("auth0|ann", ""), room)).isEqualTo(ADMITTED);
    assertThat(policy.judge(caller("boss", "admin"), room)).isEqualTo(ADMITTED);
    assertThat(policy.judge(caller("auth0|bob", ""), room)).isEqualTo(DENIED);
    assertThat(policy.judge(caller(mimic, ""), room)).isEqualTo(DENIED);
    RoomName own = RoomName.ofDocuments(new UserId(mimic));
    assertThat(policy.judge(caller(mimic, ""), own)).isEqualTo(ADMITTED);
  }

  private static RoomPolicy policyOf(RoomsConfig config) {
    return new RoomPolicy(config.rules(), config.otherwise());
  }

  private static String id(Random random, String alphabet) {
    int length = 1 + random.nextInt(4);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static Caller caller(String user, String role) {
    Set<String> roles = role == null || role.isEmpty() ? Set.of() : Set.of(role);
    return new Caller(
        new UserId(user), user, Optional.empty(), roles, List.of(), false, Optional.empty());
  }

  private static Caller holding(String claim) {
    return new Caller(
        new UserId("ann"),
        "ann",
        Optional.empty(),
        Set.of(),
        List.of(claim),
        false,
        Optional.empty());
  }
}
