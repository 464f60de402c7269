package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.TestNode;
import dev.parley.kit.Shared;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Two people on the page of a real node. Each test has people and a room of its own.
@ExtendWith(NeedsChromium.class)
@ResourceLock(Shared.CHROMIUM)
final class PageTest {
  private static Chromium chromium;
  private static TestNode node;
  private static int tests;

  private String room;
  private Visitor ada;
  private Visitor ben;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    node = TestNode.start();
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void enter() {
    tests++;
    room = "room-" + tests;
    ada = Visitor.enter(chromium, node.port(), "Ada " + tests, room);
    ben = Visitor.enter(chromium, node.port(), "Ben " + tests, room);
  }

  @AfterEach
  void nothingWentWrong() {
    try {
      assertThat(ada.tab().takeProblems()).as("problems of Ada's page").isEmpty();
      assertThat(ben.tab().takeProblems()).as("problems of Ben's page").isEmpty();
    } finally {
      ada.close();
      ben.close();
    }
  }

  @Test
  void twoPeopleTalkInBothDirections() {
    ada.say("Hello Ben");
    ben.awaitMessage("Hello Ben");
    ben.say("Hello Ada");
    ada.awaitMessage("Hello Ada");
    assertThat(ada.messages()).containsExactly("Hello Ben", "Hello Ada");
    assertThat(ben.messages()).containsExactly("Hello Ben", "Hello Ada");
  }

  @Test
  void theAuthorSeesWhoHasReadAMessage() {
    ada.say("Did you see this?");
    ada.awaitSeenBy(ben);
  }

  @Test
  void typingIsShownAndEnds() {
    ben.tab().focus("#message");
    ben.tab().type("Wait");
    ada.awaitTyping(ben.name() + " is typing");
    ben.tab().press(Tab.Key.ENTER);
    ada.awaitMessage("Wait");
    ada.awaitTyping("");
  }

  @Test
  void whoeverStopsTypingIsNotShownForLong() {
    ben.tab().focus("#message");
    ben.tab().type("Hm");
    ada.awaitTyping(ben.name() + " is typing");
    ada.awaitTyping("");
    ada.awaitNoMessage("Hm");
  }

  @Test
  void peopleAreListedWithTheirStatus() {
    ada.awaitPerson(ada, "online", "Online");
    ada.awaitPerson(ben, "online", "Online");
    ben.setStatus("busy", "Writing");
    ada.awaitPerson(ben, "busy", "Busy · Writing");
    ben.setStatus("away", "");
    ada.awaitPerson(ben, "away", "Away");
  }

  @Test
  void whoeverLeavesIsNoLongerListed() {
    Visitor cleo = Visitor.enter(chromium, node.port(), "Cleo", room);
    ada.awaitPerson(cleo, "online", "Online");
    cleo.close();
    ada.awaitNoPerson(cleo);
    ada.tab().await("document.getElementById('room-count').textContent === '2 people'");
  }

  @Test
  void aReloadKeepsNameRoomAndHistory() {
    ada.say("Before the reload");
    ben.awaitMessage("Before the reload");
    ben.tab().reload();
    ben.awaitRoom(room);
    ben.awaitMessage("Before the reload");
    assertThat(ben.tab().text("document.getElementById('me-name').textContent"))
        .isEqualTo(ben.name());
  }

  @Test
  void aRestartedServerIsResumedAndWhatWasWrittenMeanwhileArrivesOnce() {
    ada.say("One");
    ben.awaitMessage("One");
    node.stop();
    ada.awaitConnection("waiting");
    ben.awaitConnection("waiting");
    ada.say("Two");
    ben.say("Three");
    assertThat(ada.tab().holds("document.querySelector('[data-status=sending]')")).isTrue();
    ada.tab().await("!document.getElementById('banner').hidden");
    node.restart();
    ada.awaitConnection("open");
    ben.awaitConnection("open");
    ada.awaitMessage("Three");
    ben.awaitMessage("Two");
    ada.awaitAllSent();
    ben.awaitAllSent();
    ada.say("Four");
    ben.awaitMessage("Four");
    assertThat(ada.messages()).containsExactlyInAnyOrder("One", "Two", "Three", "Four");
    assertThat(ben.messages()).isEqualTo(ada.messages());
    assertThat(ada.tab().holds("document.getElementById('banner').hidden")).isTrue();
    List.of(ada, ben).forEach(PageTest::forgiveTheOutage);
  }

  /// While the server is away the browser itself reports each failed request.
  private static void forgiveTheOutage(Visitor visitor) {
    assertThat(visitor.tab().takeProblems()).allMatch(problem -> problem.contains("net::ERR_"));
  }

  @Test
  void markupInAMessageIsText() {
    String attack =
        "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
            + "<a href=\"javascript:document.title='owned'\">x</a>";
    ada.say(attack);
    ben.awaitMessage(attack);
    assertThat(ben.tab().number("document.querySelectorAll('.bubble *').length")).isZero();
    assertThat(ben.tab().text("document.title")).doesNotContain("owned");
  }

  @Test
  void markupInANameIsText() {
    String name = "<b onclick=alert(1)>Eve";
    try (Visitor eve = Visitor.enter(chromium, node.port(), name, room)) {
      eve.say("I am here");
      ada.awaitMessage("I am here");
      ada.tab()
          .await(
              "[...document.querySelectorAll('.author')].some((one) => one.textContent === "
                  + Tab.quote(name)
                  + ")");
      assertThat(ada.tab().number("document.querySelectorAll('b').length")).isZero();
    }
  }

  @Test
  void addressesBecomeLinksThatLeaveNoTrace() {
    ada.say("See https://example.org/a?b=c, and javascript:alert(1)");
    ben.awaitMessage("See https://example.org/a?b=c, and javascript:alert(1)");
    assertThat(
            ben.tab()
                .text(
                    "[...document.querySelectorAll('.bubble a')]"
                        + ".map((one) => `${one.href} ${one.rel}`).join()"))
        .isEqualTo("https://example.org/a?b=c noopener noreferrer");
  }

  @Test
  void anOwnMessageIsEditedWithTheArrowKey() {
    ada.say("Helo");
    ben.awaitMessage("Helo");
    ada.awaitAllSent();
    ada.tab().press(Tab.Key.UP);
    ada.tab().await("document.getElementById('message').value === 'Helo'");
    ada.tab().evaluate("document.getElementById('message').select()");
    ada.tab().type("Hello");
    ada.tab().press(Tab.Key.ENTER);
    ben.awaitMessage("Hello");
    ben.awaitNoMessage("Helo");
    ben.tab().await("/edited/.test(document.querySelector('.foot').textContent)");
  }

  @Test
  void anOwnMessageIsDeletedAfterAQuestion() {
    ada.say("Not so wise");
    ben.awaitMessage("Not so wise");
    ada.awaitAllSent();
    ada.pointAt("Not so wise");
    ada.tab().click(".tools [data-action=delete]");
    ada.tab().await("document.getElementById('confirm').open");
    ada.tab().press(Tab.Key.ESCAPE);
    ada.tab().await("!document.getElementById('confirm').open");
    ada.pointAt("Not so wise");
    ada.tab().click(".tools [data-action=delete]");
    ada.tab().click("#confirm-yes");
    ben.awaitMessage("Message deleted");
    ben.awaitNoMessage("Not so wise");
  }

  @Test
  void othersMessagesCannotBeEdited() {
    ada.say("Mine");
    ben.awaitMessage("Mine");
    ben.pointAt("Mine");
    assertThat(ben.tab().holds("document.querySelector('.tools [data-action=edit]').hidden"))
        .isTrue();
  }

  @Test
  void reactionsAreCountedAndTakenBack() {
    ada.say("Done");
    ben.awaitMessage("Done");
    ben.pointAt("Done");
    ben.tab().click(".tools [data-emoji='🎉']");
    ada.tab().await("/🎉1/.test(document.querySelector('.chip')?.textContent)");
    ada.tab().click(".chip");
    ben.tab().await("/🎉2/.test(document.querySelector('.chip')?.textContent)");
    ben.tab().click(".chip");
    ada.tab().await("/🎉1/.test(document.querySelector('.chip')?.textContent)");
    ada.tab().click(".chip");
    ben.tab().await("!document.querySelector('.chip')");
  }

  @Test
  void olderMessagesComeWhenOneScrollsUp() {
    fillRoom(ada, 120);
    Tab tab = ben.tab();
    ben.awaitMessage("Line 120");
    tab.reload();
    ben.awaitRoom(room);
    ben.awaitMessage("Line 120");
    assertThat(tab.number("document.querySelectorAll('.message').length")).isEqualTo(50);
    tab.await(
        "(document.getElementById('log').scrollTop = 0,"
            + " document.querySelectorAll('.message').length === 120)");
    ben.awaitMessage("Line 1");
    assertThat(ben.messages().getFirst()).isEqualTo("Line 1");
    tab.await("/begins/.test(document.getElementById('log-start').textContent)");
  }

  @Test
  void whatComesInAnotherRoomIsCountedUntilItIsRead() {
    ben.open(room + "-b");
    ada.say("One for later");
    ada.say("Another");
    ben.awaitUnread(room, "2");
    assertThat(ben.tab().text("document.title")).isEqualTo("(2) " + room + "-b · Parley");
    ben.tab().click(".room-link[href$='/%s']".formatted(room));
    ben.awaitRoom(room);
    ben.awaitMessage("Another");
    ben.tab().await("document.querySelector('.divider.new')");
    ben.tab().await("document.title === '%s · Parley'".formatted(room));
    ada.awaitSeenBy(ben);
  }

  @Test
  void aRoomThatIsLeftIsGoneFromTheList() {
    ben.open(room + "-b");
    ben.tab().click("#leave-room");
    ben.tab().click("#confirm-yes");
    ben.awaitRoom(room);
    assertThat(
            ben.tab().number("document.querySelectorAll(`[href$='%s-b']`).length".formatted(room)))
        .isZero();
  }

  @Test
  void everythingWorksByKeyboard() {
    ada.say("First");
    ada.say("Second");
    ada.awaitAllSent();
    Tab tab = ada.tab();
    tab.pressWithShift(Tab.Key.TAB);
    tab.await("document.activeElement.id === 'log'");
    tab.press(Tab.Key.UP);
    tab.press(Tab.Key.UP);
    tab.await("/First/.test(document.activeElement.textContent)");
    tab.press(Tab.Key.TAB);
    tab.await("document.activeElement.closest('.tools')");
    tab.press(Tab.Key.RIGHT);
    tab.await("document.activeElement.dataset.emoji === '❤️'");
    tab.press(Tab.Key.ENTER);
    ben.tab().await("document.querySelector('.chip')?.dataset.emoji === '❤️'");
    tab.press(Tab.Key.ESCAPE);
    tab.await("document.activeElement.id === 'message'");
  }

  @Test
  void aSecondTabOfTheSamePersonShowsTheSame() {
    try (Visitor again = Visitor.enter(chromium, node.port(), ada.name(), room)) {
      again.say("From the other tab");
      ada.awaitMessage("From the other tab");
      assertThat(ada.tab().holds("document.querySelector('.message.own')")).isTrue();
      ben.tab().await("document.getElementById('room-count').textContent === '2 people'");
      again.setStatus("busy", "Here twice");
      ada.tab().await("document.getElementById('me-status').textContent === 'Here twice'");
      again.tab().reload();
      again.awaitRoom(room);
      again.tab().await("document.getElementById('me-status').textContent === 'Here twice'");
      ben.awaitPerson(ada, "busy", "Busy · Here twice");
    }
    ada.say("Still here");
    ben.awaitMessage("Still here");
  }

  @Test
  void aRoomThatOneMayNotEnterSaysSo() {
    ben.tab().focus("#join-room");
    ben.tab().type("admin");
    ben.tab().press(Tab.Key.ENTER);
    ben.tab().await("document.getElementById('join-error').textContent !== ''");
    ben.awaitRoom(room);
  }

  /// Writes many messages over a connection of the page's own client.
  private static void fillRoom(Visitor visitor, int count) {
    visitor
        .tab()
        .evaluate(
            """
            (async () => {
              const { Parley } = await import('/js/parley.js');
              const { developmentToken } = await import('/js/app/tokens.js');
              const token = () => developmentToken({ userId: 'writer', username: 'Writer' });
              const parley = new Parley({ url: `ws://${location.host}/parley/v1`, token });
              await parley.connect();
              const room = location.hash.slice(2);
              for (let i = 1; i <= %d; i++) {
                await parley.deliver('chat.send', { room, content: `Line ${i}` });
              }
              parley.close();
            })()\
            """
                .formatted(count));
  }
}
