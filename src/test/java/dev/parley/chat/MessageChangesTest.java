package dev.parley.chat;

import static dev.parley.chat.MessageFixtures.NOW;
import static dev.parley.chat.MessageFixtures.ROOM;
import static dev.parley.chat.MessageFixtures.caller;
import static dev.parley.chat.MessageFixtures.deleted;
import static dev.parley.chat.MessageFixtures.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.DomainKit;
import dev.parley.protocol.ChatEvent.ChatDeleted;
import dev.parley.protocol.ChatEvent.ChatEdited;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MessageChangesTest {
  private static final UserId ANN = new UserId("ann");

  @Test
  void anEditReplacesTheContentAndKeepsTheOld() {
    Change.Changed changed = changed(edit("ann", "new"));

    assertThat(changed.event()).isEqualTo(new ChatEdited(ROOM, "m1", 7, "new", ANN, "ann", NOW));
    assertThat(changed.revised().content()).isEqualTo("new");
    assertThat(changed.revised().editedAt()).contains(NOW);
    assertThat(changed.revised().sender()).isEqualTo(ANN);
    assertThat(changed.edits()).containsExactly(new PastEdit("m1", 2, 0, "old", ANN, "ann", NOW));
  }

  @Test
  void anEditLeavesEverythingElse() {
    Found before = found("old", Map.of("👍", List.of(ANN)));
    Change.Changed changed = changed(MessageChanges.edit(before, caller("ann"), "new", 0, NOW));

    assertThat(changed.revised())
        .usingRecursiveComparison()
        .ignoringFields("content", "editedAt")
        .isEqualTo(before.message());
  }

  @Test
  void administratorsMayAndOthersMayNot() {
    assertThat(MessageChanges.edit(found("old"), DomainKit.admin("root"), "new", 0, NOW))
        .isInstanceOf(Change.Changed.class);
    assertThat(MessageChanges.delete(found("old"), DomainKit.admin("root"), List.of(), NOW))
        .isInstanceOf(Change.Changed.class);
    assertRefused(edit("bob", "new"), ErrorCode.PERMISSION_DENIED);
    assertRefused(delete("bob", List.of()), ErrorCode.PERMISSION_DENIED);
  }

  @Test
  void theSameContentIsNoEdit() {
    assertThat(edit("ann", "old")).isEqualTo(new Change.Unchanged());
  }

  @Test
  void anEmptyContentNeedsAttachments() {
    assertThat(edit("ann", "")).as("it has one").isInstanceOf(Change.Changed.class);
  }

  @Test
  void aDeletedMessageIsNotThere() {
    assertRefused(
        MessageChanges.edit(deleted(), caller("ann"), "new", 0, NOW), ErrorCode.NOT_FOUND);
    assertRefused(
        MessageChanges.delete(deleted(), caller("ann"), List.of(), NOW), ErrorCode.NOT_FOUND);
  }

  @Test
  void aMessageIsNotEditedForever() {
    assertRefused(
        MessageChanges.edit(found("old"), caller("ann"), "new", EditHistory.MAX_EDITS, NOW),
        ErrorCode.CONFLICT);
  }

  @Test
  void aDeletionLeavesNothingOfTheContent() {
    PastEdit edit = new PastEdit("m1", 1, 9, "secret draft", ANN, "Ann", NOW);
    Found before = found("secret", Map.of("👍", List.of(ANN)));
    Change.Changed changed =
        changed(MessageChanges.delete(before, caller("ann"), List.of(edit), NOW));

    assertThat(changed.event()).isEqualTo(new ChatDeleted(ROOM, "m1", 7, ANN, NOW));
    assertThat(changed.revised().deleted()).isTrue();
    assertThat(changed.revised().content()).isEmpty();
    assertThat(changed.revised().attachments()).isEmpty();
    assertThat(changed.revised().mentions()).isEmpty();
    assertThat(changed.revised().reactions()).isEmpty();
    assertThat(changed.edits()).containsExactly(edit.withoutContent());
    ChatEdited kept = MessageChanges.redacted(changed.revised(), 7, changed.edits().getFirst());
    assertThat(new String(EventJson.encode(kept), StandardCharsets.UTF_8)).doesNotContain("secret");
  }

  private static Change edit(String user, String content) {
    return MessageChanges.edit(found("old"), caller(user), content, 0, NOW);
  }

  private static Change delete(String user, List<PastEdit> edits) {
    return MessageChanges.delete(found("old"), caller(user), edits, NOW);
  }

  private static Change.Changed changed(Change change) {
    assertThat(change).isInstanceOf(Change.Changed.class);
    return (Change.Changed) change;
  }

  private static void assertRefused(Change change, ErrorCode code) {
    assertThat(change).isInstanceOf(Change.Refused.class);
    assertThat(((Change.Refused) change).rejection().code()).isEqualTo(code);
  }
}
