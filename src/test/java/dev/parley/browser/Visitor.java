package dev.parley.browser;

import static dev.parley.browser.Tab.quote;

import java.util.List;
import java.util.Locale;

/// Somebody on Parley's page: what they see and do there, in their words.
final class Visitor implements AutoCloseable {
  private static final String BUBBLES = "[...document.querySelectorAll('.message .bubble')]";

  private final Tab tab;
  private final String name;

  private Visitor(Tab tab, String name) {
    this.tab = tab;
    this.name = name;
  }

  /// Opens the page in a tab of its own and enters a room by keyboard.
  static Visitor enter(Chromium chromium, int port, String name, String room) {
    Visitor visitor = new Visitor(chromium.open(), name);
    visitor.tab.go("http://127.0.0.1:%d/".formatted(port));
    visitor.enter(room);
    return visitor;
  }

  private void enter(String room) {
    tab.await("document.activeElement?.id === 'enter-name'");
    tab.type(name);
    tab.press(Tab.Key.TAB);
    tab.await("document.activeElement?.id === 'enter-room'");
    tab.evaluate("document.activeElement.select()");
    tab.type(room);
    tab.press(Tab.Key.ENTER);
    awaitRoom(room);
  }

  Tab tab() {
    return tab;
  }

  String name() {
    return name;
  }

  /// The user id that the page makes of the name.
  String user() {
    return name.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  // Rooms ----------------------------------------------------------------------------------------

  /// Waits until a room is shown with all that is known of it.
  void awaitRoom(String room) {
    tab.await("document.getElementById('room-name').textContent === " + quote(room));
    awaitConnection("open");
    tab.await("!/Reading/.test(document.getElementById('log-start').textContent)");
    tab.await("document.querySelector('#member-list .person')");
  }

  /// Enters another room by the field in the list of rooms.
  void open(String room) {
    tab.focus("#join-room");
    tab.type(room);
    tab.press(Tab.Key.ENTER);
    awaitRoom(room);
  }

  void awaitUnread(String room, String count) {
    String link = ".room-link[href$=%s]".formatted(quote("/" + room));
    tab.await(
        "document.querySelector(%s)?.querySelector('.badge span')?.textContent === %s"
            .formatted(quote(link), quote(count)));
  }

  // Messages -------------------------------------------------------------------------------------

  void say(String text) {
    tab.focus("#message");
    tab.type(text);
    tab.press(Tab.Key.ENTER);
  }

  /// Waits for the one message with this text.
  void awaitMessage(String text) {
    tab.await(count(text) + " === 1");
  }

  void awaitNoMessage(String text) {
    tab.await(count(text) + " === 0");
  }

  /// Waits until nothing of one's own is on its way.
  void awaitAllSent() {
    tab.await("!document.querySelector('.message:not([data-status=stored])')");
  }

  private static String count(String text) {
    return BUBBLES + ".filter((one) => one.textContent === " + quote(text) + ").length";
  }

  /// All texts in the order in which they stand.
  List<String> messages() {
    return List.of(tab.text(BUBBLES + ".map((one) => one.textContent).join('\\n')").split("\n"));
  }

  /// Puts the keyboard on the message with this text, which brings its tools.
  void pointAt(String text) {
    tab.evaluate(
        BUBBLES
            + ".find((one) => one.textContent === %s).closest('.message').focus()"
                .formatted(quote(text)));
    tab.await("document.activeElement.querySelector('.tools')");
  }

  // People ---------------------------------------------------------------------------------------

  /// Waits for somebody in the list of who is here, with a status and what is said of it.
  void awaitPerson(Visitor person, String status, String note) {
    tab.await(
        "document.querySelector('%s[data-status=%s] .person-note')?.textContent === %s"
            .formatted(entry(person), status, quote(note)));
  }

  void awaitNoPerson(Visitor person) {
    tab.await("!document.querySelector('%s')".formatted(entry(person)));
  }

  private static String entry(Visitor person) {
    return "#member-list [data-user=\"%s\"]".formatted(person.user());
  }

  void awaitTyping(String line) {
    tab.await("document.getElementById('typing').textContent === " + quote(line));
  }

  /// Waits until the newest own message was read by somebody.
  void awaitSeenBy(Visitor reader) {
    tab.await(
        "document.querySelector('.message.own:last-child .fate.seen')?.textContent === "
            + quote("Seen by " + reader.name()));
  }

  void setStatus(String status, String message) {
    tab.click("#me");
    tab.click("#profile input[value=%s]".formatted(status));
    tab.focus("#status-message");
    tab.evaluate("document.activeElement.select()");
    tab.press(Tab.Key.DELETE);
    tab.type(message);
    tab.press(Tab.Key.ENTER);
  }

  // Connection -----------------------------------------------------------------------------------

  /// Waits for `open`, `waiting` or `closed`.
  void awaitConnection(String state) {
    tab.await("document.getElementById('connection').dataset.state === " + quote(state));
  }

  @Override
  public void close() {
    tab.close();
  }
}
