package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bus.Addresses;
import dev.parley.config.Config;
import dev.parley.kit.DomainKit;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatCommand;
import dev.parley.protocol.ChatCommand.DeleteMessage;
import dev.parley.protocol.ChatCommand.EditMessage;
import dev.parley.protocol.ChatCommand.React;
import dev.parley.protocol.ChatCommand.SendMessage;
import dev.parley.protocol.ChatEvent.ChatEdited;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.ChatEvent.ChatReacted;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.Event;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.MessageRef;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Reply.Stored;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.StreamId;
import dev.parley.protocol.UserId;
import dev.parley.store.StoredEvent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two instances of chat, as on two nodes, change the same few messages of one store at once.
final class ChatRaceTest {
  private static final RoomName ROOM = new RoomName("lobby");
  private static final int MESSAGES = 3;
  private static final int CHANGES = 1_500;

  private final DomainKit kit = new DomainKit(2);

  @BeforeEach
  void deploy() {
    for (int instance = 0; instance < 2; instance++) {
      kit.deploy(
          new ChatVerticle(
              instance,
              kit.bus,
              kit.store,
              Config.defaults().chat(),
              new AnyRoom(),
              InstantSource.system()));
    }
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void nothingIsLostWhenTwoInstancesChangeTheSameMessages() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      ids.add(kit.ask(Addresses.chat(0), admin(), post("first"), Stored.class).messageId());
    }
    List<Future<Outcome>> changes = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      String id = ids.get(random.nextInt(MESSAGES));
      changes.add(
          kit.request(Addresses.chat(random.nextInt(2)), user(random), change(random, id, i)));
      if (random.nextInt(40) == 0) {
        DomainKit.await(Future.all(changes));
      }
    }
    DomainKit.await(Future.all(changes));

    long stored = changes.stream().map(Future::result).filter(ChatRaceTest::isStoredNow).count();
    assertThat(changes).as("seed %d", seed).allMatch(done -> done.result() instanceof Stored);
    assertThat(log()).as("seed %d", seed).hasSize(MESSAGES + (int) stored);
    assertFoldOfEvents(seed);
    ids.forEach(id -> assertEveryEditIsKept(seed, id));
  }

  @Test
  void anEditThatMeetsADeletionLeavesNothing() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      String id = kit.ask(Addresses.chat(0), admin(), post("secret"), Stored.class).messageId();
      MessageRef ref = new MessageRef.ById(id);
      List<Future<Outcome>> race = new ArrayList<>();
      int deletion = random.nextInt(8);
      for (int i = 0; i < 8; i++) {
        ChatCommand command =
            i == deletion
                ? new DeleteMessage(ROOM, ref)
                : new EditMessage(ROOM, ref, "secret " + i);
        race.add(kit.request(Addresses.chat(random.nextInt(2)), admin(), command));
      }
      DomainKit.await(Future.all(race));
      assertThat(race.get(deletion).result()).as("seed %d", seed).isInstanceOf(Stored.class);
    }
    assertThat(log().stream().map(event -> new String(event.payload(), StandardCharsets.UTF_8)))
        .as("seed %d", seed)
        .noneMatch(text -> text.contains("secret"));
    assertThat(DomainKit.await(kit.store.records().scan(StreamId.of(ROOM), "", "", 1_000)))
        .as("seed %d", seed)
        .noneMatch(record -> new String(record.value(), StandardCharsets.UTF_8).contains("secret"));
  }

  private static ChatCommand change(Random random, String id, int number) {
    MessageRef ref = new MessageRef.ById(id);
    return random.nextInt(4) == 0
        ? new EditMessage(ROOM, ref, "edit " + number)
        : new React(ROOM, ref, "e" + random.nextInt(3), random.nextInt(3) > 0);
  }

  /// What the events say, one after the other, is what the messages say.
  private void assertFoldOfEvents(long seed) {
    Map<String, ChatMessage> messages = new LinkedHashMap<>();
    Map<String, String> contents = new LinkedHashMap<>();
    Map<String, Map<String, List<UserId>>> reactions = new LinkedHashMap<>();
    for (StoredEvent stored : log()) {
      Event event = EventJson.decode(stored.payload(), stored.seq());
      switch (event) {
        case ChatPosted(var message) -> {
          messages.put(message.messageId(), message);
          contents.put(message.messageId(), "first");
          reactions.put(message.messageId(), new LinkedHashMap<>());
        }
        case ChatEdited edited -> contents.put(edited.messageId(), edited.content());
        case ChatReacted reacted ->
            fold(seed, reactions.getOrDefault(reacted.messageId(), Map.of()), reacted);
        default -> throw new AssertionError("unexpected " + event);
      }
    }
    messages.forEach(
        (id, message) -> {
          assertThat(message.content()).as("seed %d", seed).isEqualTo(contents.get(id));
          assertThat(message.reactions()).as("seed %d", seed).isEqualTo(reactions.get(id));
        });
  }

  private static void fold(long seed, Map<String, List<UserId>> reactions, ChatReacted reacted) {
    List<UserId> users = new ArrayList<>(reactions.getOrDefault(reacted.emoji(), List.of()));
    boolean changed = reacted.added() ? users.add(reacted.by()) : users.remove(reacted.by());
    assertThat(changed).as("seed %d", seed).isTrue();
    assertThat(reacted.users()).as("seed %d", seed).isEqualTo(users);
    if (users.isEmpty()) {
      reactions.remove(reacted.emoji());
    } else {
      reactions.put(reacted.emoji(), users);
    }
  }

  /// The history holds, in order, what each edit replaced.
  private void assertEveryEditIsKept(long seed, String id) {
    List<String> contents = new ArrayList<>(List.of("first"));
    for (StoredEvent stored : log()) {
      if (EventJson.decode(stored.payload(), stored.seq()) instanceof ChatEdited edited
          && edited.messageId().equals(id)) {
        contents.add(edited.content());
      }
    }
    List<PastEdit> edits = DomainKit.await(new EditHistory(kit.store.records()).of(ROOM, id));
    assertThat(edits.stream().map(PastEdit::replaced))
        .as("seed %d", seed)
        .isEqualTo(contents.subList(0, contents.size() - 1));
  }

  private List<StoredEvent> log() {
    List<StoredEvent> all = new ArrayList<>();
    List<StoredEvent> page = List.of();
    do {
      long after = page.isEmpty() ? 0 : page.getLast().seq();
      page = DomainKit.await(kit.store.log().read(StreamId.of(ROOM), after, 1_000));
      all.addAll(page);
    } while (!page.isEmpty());
    return all;
  }

  private static boolean isStoredNow(Outcome outcome) {
    return outcome instanceof Stored stored && !stored.repeated();
  }

  private static Caller admin() {
    return DomainKit.admin("root");
  }

  private static Caller user(Random random) {
    return DomainKit.admin("u" + random.nextInt(5));
  }

  private static SendMessage post(String content) {
    return new SendMessage(
        ROOM, content, "text", Optional.empty(), Optional.empty(), List.of(), new JsonArray());
  }

  private record AnyRoom() implements ChatRooms {
    @Override
    public boolean takesChat(RoomName room) {
      return true;
    }

    @Override
    public int members(RoomName room) {
      return 2;
    }
  }
}
