package dev.parley.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestClient;
import dev.parley.TestNode;
import example.PollBot;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an application takes part in: events, frames of its own, decisions about rooms.
class ApplicationFlowTest {
  private TestNode node;

  @BeforeEach
  void start() {
    node = TestNode.start("rooms.authorize_timeout", "200ms");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aBotGreetsCountsVotesMindsTheLanguageAndKeepsTheDoor() {
    Await.result(node.node().vertx().deployVerticle(new PollBot()));
    TestClient ann = ChatFlowTest.join(node, "ann", "lounge");
    assertThat(ann.await("greeting").getString("text")).isEqualTo("Hello Ann");
    TestClient bob = ChatFlowTest.join(node, "bob", "lounge");
    assertThat(ann.await("greeting").getString("text")).isEqualTo("Hello Bob");

    JsonObject vote = new JsonObject().put("type", "poll.vote").put("room", "lounge");
    assertThat(ann.ask(vote.put("choice", "tea")).getJsonObject("votes"))
        .isEqualTo(new JsonObject().put("tea", 1));
    assertThat(bob.ask(vote.put("choice", "tea")).getJsonObject("votes"))
        .isEqualTo(new JsonObject().put("tea", 2));
    assertThat(ann.await("poll.result").getJsonObject("votes").getInteger("tea")).isEqualTo(2);

    ann.ask(ChatFlowTest.send("lounge", "darn it"));
    assertThat(bob.await("chat.message").getString("content")).isEqualTo("darn it");
    JsonObject warning = bob.await("chat.message");
    assertThat(warning.getString("content")).isEqualTo("Mind your words, Ann");
    assertThat(warning.getString("content_type")).isEqualTo("system");

    JsonObject staffRoom = new JsonObject().put("type", "room.join").put("room", "staff_1");
    assertThat(ann.ask(staffRoom).getString("code")).isEqualTo("PERMISSION_DENIED");
    assertThat(node.client("sam", "staff").ask(staffRoom).getString("type")).isEqualTo("ok");
  }

  @Test
  void aFrameThatAnApplicationRefusesIsAnsweredWithItsCode() {
    Await.result(node.node().vertx().deployVerticle(new PollBot()));
    TestClient ann = ChatFlowTest.join(node, "ann", "lounge");
    JsonObject vote = new JsonObject().put("type", "poll.vote").put("choice", "tea");
    assertThat(ann.ask(vote).getString("code")).isEqualTo("VALIDATION_FAILED");
    assertThat(ann.ask(vote.put("room", "attic")).getString("code")).isEqualTo("PERMISSION_DENIED");
    assertThat(ann.ask(vote.put("type", "poll.close")).getString("code"))
        .isEqualTo("UNKNOWN_MESSAGE_TYPE");
  }

  @Test
  void anApplicationThatFailsOddlyHarmsOnlyItsOwnFrames() {
    bus().consumer("parley.handlers.odd.failure", frame -> frame.fail(7, "no code of ours"));
    bus().consumer("parley.handlers.odd.text", frame -> frame.reply("text"));
    bus().consumer("parley.handlers.odd.nothing", frame -> frame.reply(null));
    TestClient ann = node.client("ann");
    assertThat(ann.ask(new JsonObject().put("type", "odd.failure")).getString("code"))
        .isEqualTo("INTERNAL_ERROR");
    assertThat(ann.ask(new JsonObject().put("type", "odd.text")).getString("code"))
        .isEqualTo("INTERNAL_ERROR");
    assertThat(ann.ask(new JsonObject().put("type", "odd.nothing")).getString("type"))
        .isEqualTo("ok");
  }

  @Test
  void aClientOfConnectMayUseAnApplicationsTypesToo() {
    Await.result(node.node().vertx().deployVerticle(new PollBot()));
    TestClient bob = node.connect("/ws/connect?token=" + node.token("bob"));
    bob.send(new JsonObject().put("type", "join_room").put("room", "lounge")).await("room_event");
    JsonObject vote = new JsonObject().put("type", "poll.vote").put("room", "lounge");
    JsonObject answer = bob.ask(vote.put("choice", "tea"));
    assertThat(answer.getJsonObject("votes").getInteger("tea")).isEqualTo(1);
  }

  @Test
  void aFrameIsHandedOverWithWhoSentItAndFromWhere() {
    LinkedBlockingQueue<JsonObject> asked = new LinkedBlockingQueue<>();
    bus()
        .<JsonObject>consumer(
            "parley.handlers.who.am.i",
            frame -> {
              asked.add(frame.body());
              frame.reply(new JsonObject().put("heard", true));
            });
    TestClient ann = node.connect("/parley/v1?token=" + node.token("ann", "editor"));
    String id = ann.await("welcome").getString("connection_id");
    ann.ask(new JsonObject().put("type", "room.join").put("room", "r"));
    ann.ask(new JsonObject().put("type", "who.am.i").put("really", 1));

    JsonObject question = next(asked, "who.am.i");
    assertThat(question.getJsonObject("message").getInteger("really")).isEqualTo(1);
    assertThat(question.getString("user_id")).isEqualTo("ann");
    assertThat(question.getString("connection_id")).isEqualTo(id);
    assertThat(question.getJsonArray("roles")).containsExactly("editor");
    assertThat(question.getJsonArray("rooms")).containsExactly("r");
  }

  @Test
  void whoDecidesAndDoesNotAnswerInTimeDenies() {
    bus().consumer("parley.authorize", question -> {});
    JsonObject join = new JsonObject().put("type", "room.join").put("room", "r");
    assertThat(node.client("ann").ask(join).getString("code")).isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void anAnswerThatIsNoDecisionDenies() {
    bus().consumer("parley.authorize", question -> question.reply(null));
    JsonObject join = new JsonObject().put("type", "room.join").put("room", "r");
    assertThat(node.client("ann").ask(join).getString("code")).isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void aDecisionIsAskedOnceAndUsedForAWhile() {
    List<JsonObject> questions = new CopyOnWriteArrayList<>();
    bus()
        .<JsonObject>consumer(
            "parley.authorize",
            question -> {
              questions.add(question.body());
              question.reply(new JsonObject().put("allow", true));
            });
    TestClient ann = node.client("ann", "editor");
    JsonObject join = new JsonObject().put("type", "room.join").put("room", "order_1");
    assertThat(ann.ask(join).getString("type")).isEqualTo("ok");
    assertThat(ann.ask(join).getString("type")).isEqualTo("ok");
    assertThat(questions)
        .containsExactly(
            new JsonObject(
                """
                {"user_id":"ann","roles":["editor"],"action":"join","room":"order_1"}\
                """));
  }

  @Test
  void everyDomainTellsItsEvents() {
    LinkedBlockingQueue<JsonObject> rooms = listen("rooms");
    LinkedBlockingQueue<JsonObject> chat = listen("chat");
    LinkedBlockingQueue<JsonObject> presence = listen("presence");
    LinkedBlockingQueue<JsonObject> connections = listen("connections");
    TestClient ann = ChatFlowTest.join(node, "ann", "r");
    ann.ask(ChatFlowTest.send("r", "hello"));
    ann.ask(new JsonObject().put("type", "presence.set").put("status", "away"));
    JsonObject kept = new JsonObject().put("room", "r").put("durable", true);
    Await.result(
        bus().request("parley.rooms.send", kept.put("message", new JsonObject().put("n", 1))));

    assertThat(next(connections, "activity").getString("activity")).isEqualTo("connected");
    assertThat(next(presence, "presence.changed").getString("status")).isEqualTo("online");
    assertThat(next(presence, "presence.changed").getString("status")).isEqualTo("away");
    JsonObject message = next(chat, "chat.message");
    assertThat(message.getString("content")).isEqualTo("hello");
    assertThat(message.getLong("seq")).isEqualTo(1);
    assertThat(message.getString("epoch")).isNotEmpty();
    assertThat(next(rooms, "room.joined").getString("user_id")).isEqualTo("ann");
    JsonObject custom = next(rooms, "custom");
    assertThat(custom.getJsonObject("message").getInteger("n")).isEqualTo(1);
    assertThat(custom.getString("room")).isEqualTo("r");
    assertThat(custom.getLong("seq")).isEqualTo(2);
  }

  private LinkedBlockingQueue<JsonObject> listen(String domain) {
    LinkedBlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
    bus().<JsonObject>consumer("parley.events." + domain, event -> events.add(event.body()));
    return events;
  }

  private EventBus bus() {
    return node.node().vertx().eventBus();
  }

  /// The next event of this type, passing over others.
  private static JsonObject next(LinkedBlockingQueue<JsonObject> events, String type) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Await.SECONDS);
    while (true) {
      JsonObject event = poll(events, deadline - System.nanoTime());
      if (event == null) {
        throw new AssertionError("no " + type);
      }
      if (type.equals(event.getString("type", type))) {
        return event;
      }
    }
  }

  private static @Nullable JsonObject poll(LinkedBlockingQueue<JsonObject> events, long nanos) {
    try {
      return events.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
