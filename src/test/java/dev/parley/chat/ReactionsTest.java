package dev.parley.chat;

import static dev.parley.chat.MessageFixtures.NOW;
import static dev.parley.chat.MessageFixtures.ROOM;
import static dev.parley.chat.MessageFixtures.caller;
import static dev.parley.chat.MessageFixtures.deleted;
import static dev.parley.chat.MessageFixtures.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.ChatEvent.ChatReacted;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReactionsTest {
  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");

  @Test
  void theEventNamesAllWhoReactWithTheEmoji() {
    Found before = found("hi", Map.of("👍", List.of(BOB)));

    Change change = Reactions.react(before, caller("ann"), "👍", true, NOW);

    assertThat(change).isInstanceOf(Change.Changed.class);
    assertThat(((Change.Changed) change).event())
        .isEqualTo(new ChatReacted(ROOM, "m1", 7, "👍", ANN, true, List.of(BOB, ANN), NOW));
  }

  @Test
  void reactingTwiceAndTakingBackNothingChangeNothing() {
    Found before = found("hi", Map.of("👍", List.of(ANN)));

    assertThat(Reactions.react(before, caller("ann"), "👍", true, NOW))
        .isEqualTo(new Change.Unchanged());
    assertThat(Reactions.react(before, caller("bob"), "👍", false, NOW))
        .isEqualTo(new Change.Unchanged());
  }

  @Test
  void aDeletedMessageTakesNone() {
    assertRefused(Reactions.react(deleted(), caller("ann"), "👍", true, NOW), ErrorCode.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "0123456789012345678901234567890123456789012345678901234567890123456789"
      })
  void anEmojiIsShortAndVisible(String emoji) {
    assertRefused(
        Reactions.react(found("hi"), caller("ann"), emoji, true, NOW), ErrorCode.VALIDATION_FAILED);
  }

  @Test
  void emojisAndReactionsAreBounded() {
    Map<String, List<UserId>> many = new LinkedHashMap<>();
    for (int i = 0; i < Reactions.MAX_EMOJIS; i++) {
      many.put("e" + i, List.of(BOB));
    }
    assertRefused(
        Reactions.react(found("hi", many), caller("ann"), "new", true, NOW), ErrorCode.CONFLICT);
    assertThat(Reactions.react(found("hi", many), caller("ann"), "e1", true, NOW))
        .isInstanceOf(Change.Changed.class);

    List<UserId> crowd = new ArrayList<>();
    for (int i = 0; i < Reactions.MAX_REACTIONS; i++) {
      crowd.add(new UserId("u" + i));
    }
    Found full = found("hi", Map.of("👍", crowd));
    assertRefused(Reactions.react(full, caller("ann"), "👍", true, NOW), ErrorCode.CONFLICT);
    assertThat(Reactions.react(full, caller("u1"), "👍", false, NOW))
        .isInstanceOf(Change.Changed.class);
  }

  /// Reactions are what a simple model says, in the order in which they came.
  @Test
  void reactionsFoldLikeLists() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Found found = found("hi");
    Map<String, List<UserId>> model = new HashMap<>();
    for (int step = 0; step < 5_000; step++) {
      String emoji = "e" + random.nextInt(4);
      UserId user = new UserId("u" + random.nextInt(6));
      boolean added = random.nextBoolean();
      Change change = Reactions.react(found, caller(user.value()), emoji, added, NOW);
      List<UserId> users = model.computeIfAbsent(emoji, _ -> new ArrayList<>());
      if (users.contains(user) == added) {
        assertThat(change).as("seed %d", seed).isEqualTo(new Change.Unchanged());
        model.values().removeIf(List::isEmpty);
        continue;
      }
      boolean changed = added ? users.add(user) : users.remove(user);
      model.values().removeIf(List::isEmpty);
      assertThat(changed).isTrue();
      found = MessageFixtures.revised(found, ((Change.Changed) change).revised());
      assertThat(found.message().reactions()).as("seed %d", seed).isEqualTo(model);
    }
  }

  private static void assertRefused(Change change, ErrorCode code) {
    assertThat(change).isInstanceOf(Change.Refused.class);
    assertThat(((Change.Refused) change).rejection().code()).isEqualTo(code);
  }
}
