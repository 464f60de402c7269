package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.DomainKit;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatCommand.SendMessage;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonArray;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SendRulesTest {
  private static final Caller ANN = DomainKit.user("ann");

  @Test
  void anOrdinaryMessageMayBePosted() {
    assertThat(SendRules.refuse(ANN, text("hello"))).isEmpty();
    assertThat(SendRules.refuse(ANN, message("", "file", "", 0, 1))).isEmpty();
    assertThat(SendRules.refuse(ANN, message("x", "text", "c".repeat(64), 100, 50))).isEmpty();
  }

  @Test
  void eachFieldHasItsBound() {
    assertRefused(text(" \n"), "content");
    assertRefused(message("x", "", "", 0, 0), "content_type");
    assertRefused(message("x", "t".repeat(65), "", 0, 0), "content_type");
    assertRefused(message("x", "text", "c".repeat(65), 0, 0), "client_message_id");
    assertRefused(message("x", "text", "", 101, 0), "mentions");
    assertRefused(message("x", "text", "", 0, 51), "attachments");
  }

  @Test
  void anEmptyClientMessageIdIsNone() {
    SendMessage empty =
        new SendMessage(
            new RoomName("lobby"),
            "x",
            "text",
            Optional.of(""),
            Optional.empty(),
            List.of(),
            new JsonArray());
    assertRefused(empty, "client_message_id");
  }

  @Test
  void onlyVerticlesSpeakForTheSystem() {
    SendMessage system = message("maintenance", "system", "", 0, 0);

    assertRefused(system, "content_type");
    assertThat(SendRules.refuse(Caller.of(new UserId("ops")), system)).isEmpty();
  }

  private static void assertRefused(SendMessage command, String field) {
    assertThat(SendRules.refuse(ANN, command).flatMap(Rejection::field)).contains(field);
  }

  private static SendMessage text(String content) {
    return message(content, "text", "", 0, 0);
  }

  private static SendMessage message(
      String content, String type, String clientId, int mentions, int attachments) {
    return new SendMessage(
        new RoomName("lobby"),
        content,
        type,
        clientId.isEmpty() ? Optional.empty() : Optional.of(clientId),
        Optional.empty(),
        Collections.nCopies(mentions, new UserId("bob")),
        new JsonArray(Collections.nCopies(attachments, "file")));
  }
}
