package example;

import dev.parley.api.Parley;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A bot that greets who enters a room, counts votes, minds the language, and lets only the staff
/// into the staff's rooms. Deploy one of it, on any node.
public final class PollBot extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(PollBot.class);
  private static final String NAME = "poll-bot";

  /// By room, then by user: the newest vote counts.
  private final Map<String, Map<String, String>> votes = new HashMap<>();

  @Override
  public Future<?> start() {
    EventBus bus = vertx.eventBus();
    return Future.all(
        bus.<JsonObject>consumer("parley.events.rooms", event -> onRoom(event.body())).completion(),
        bus.<JsonObject>consumer("parley.events.chat", event -> onChat(event.body())).completion(),
        bus.consumer("parley.handlers.poll.vote", this::onVote).completion(),
        bus.consumer("parley.authorize", this::onAuthorize).completion());
  }

  private void onRoom(JsonObject event) {
    if (event.getString("type").equals("room.joined")) {
      JsonObject greeting =
          new JsonObject().put("type", "greeting").put("text", "Hello " + nameIn(event));
      Parley.on(vertx).sendToRoom(event.getString("room"), greeting).onFailure(PollBot::warn);
    }
  }

  private void onChat(JsonObject event) {
    boolean written =
        event.getString("type").equals("chat.message")
            && !event.getString("content_type").equals("system");
    if (written && event.getString("content").contains("darn")) {
      Parley.on(vertx)
          .sendSystemChat(event.getString("room"), NAME, "Mind your words, " + nameIn(event))
          .onFailure(PollBot::warn);
    }
  }

  /// A client sends `{"type":"poll.vote","room":"r","choice":"tea"}`.
  private void onVote(Message<JsonObject> frame) {
    JsonObject vote = frame.body().getJsonObject("message");
    if (!(vote.getValue("room") instanceof String room)
        || !(vote.getValue("choice") instanceof String choice)) {
      frame.fail(422, "VALIDATION_FAILED");
    } else if (!frame.body().getJsonArray("rooms").contains(room)) {
      frame.fail(403, "PERMISSION_DENIED");
    } else {
      votes
          .computeIfAbsent(room, _ -> new HashMap<>())
          .put(frame.body().getString("user_id"), choice);
      tellOthers(room, frame.body().getString("connection_id"));
      frame.reply(new JsonObject().put("votes", count(room)));
    }
  }

  private void tellOthers(String room, String voter) {
    JsonObject result = new JsonObject().put("type", "poll.result").put("votes", count(room));
    Parley.on(vertx).sendToRoom(room, result, List.of(voter)).onFailure(PollBot::warn);
  }

  private JsonObject count(String room) {
    Map<String, Object> counts = new TreeMap<>();
    votes.get(room).values().forEach(choice -> counts.merge(choice, 1, (a, b) -> (int) a + 1));
    return new JsonObject(counts);
  }

  /// Decides for every room, those with rules of their own too.
  private void onAuthorize(Message<JsonObject> question) {
    JsonArray roles = question.body().getJsonArray("roles");
    String room = question.body().getString("room");
    boolean allow =
        switch (room) {
          case "admin" -> roles.contains("admin");
          case String name when name.startsWith("staff_") -> roles.contains("staff");
          default -> true;
        };
    question.reply(new JsonObject().put("allow", allow));
  }

  private static String nameIn(JsonObject event) {
    return event.getString("username");
  }

  private static void warn(Throwable failure) {
    LOG.atWarn().addKeyValue("error", failure.getMessage()).log("Parley did not take it");
  }
}
