package dev.parley.api;

import dev.parley.bus.DomainCalls;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatCommand.ReadHistory;
import dev.parley.protocol.ChatCommand.SendMessage;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Fields;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply.HistoryPage;
import dev.parley.protocol.Reply.PlacedMessage;
import dev.parley.protocol.Reply.Stored;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// Posts chat messages for verticles, in the name of whom they say. What a message must be like is
/// decided by chat, as for users; only the type `system` is free here.
final class ChatDesk {
  private static final int MAX_NAME_CHARS = 128;
  private static final int UNBOUNDED = Integer.MAX_VALUE;

  private final DomainCalls domains;

  ChatDesk(DomainCalls domains) {
    this.domains = domains;
  }

  Future<JsonObject> send(JsonObject body) {
    Fields in =
        Body.of(
            body, "room", "sender_id", "content", "message_type", "username", "client_message_id");
    Caller sender = sender(in);
    SendMessage command =
        new SendMessage(
            in.room("room"),
            in.text("content", UNBOUNDED),
            in.optionalText("message_type", UNBOUNDED).orElse("text"),
            in.optionalText("client_message_id", UNBOUNDED),
            Optional.empty(),
            List.of(),
            new JsonArray());
    return domains
        .chat(sender, command, Stored.class)
        .compose(stored -> find(sender, command, stored))
        .map(Answers::of);
  }

  private static Caller sender(Fields in) {
    Caller sender = Caller.of(in.user("sender_id"));
    return in.has("username") ? sender.named(in.text("username", MAX_NAME_CHARS)) : sender;
  }

  /// The message as it is stored: after a repeated request that of the first one, which may have
  /// been changed since.
  private Future<PlacedMessage> find(Caller sender, SendMessage command, Stored stored) {
    if (!stored.repeated()) {
      return Future.succeededFuture(
          new PlacedMessage(
              stored.position(),
              command.toMessage(sender, stored.at()).placedAt(stored.position().seq())));
    }
    ReadHistory first =
        new ReadHistory(
            stored.room(), Optional.of(stored.position().seq() + 1), Optional.empty(), 1);
    return domains.chat(sender, first, HistoryPage.class).map(ChatDesk::only);
  }

  private static PlacedMessage only(HistoryPage page) {
    return page.messages().stream()
        .findFirst()
        .orElseThrow(
            () ->
                new RejectedException(
                    Rejection.of(ErrorCode.CONFLICT, "The first message is no longer kept")));
  }
}
