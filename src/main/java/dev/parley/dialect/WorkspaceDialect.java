package dev.parley.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.protocol.Caller;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.SessionCommand.FilterNotifications;
import dev.parley.protocol.json.JsonWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The dialect of `/api/v1/ws` (`workspace.md`): who is in a room is shown as a whole after each
/// change, and nothing is said before the client does.
public final class WorkspaceDialect implements Dialect {
  private static final List<OutFrame> NOTHING = List.of();

  /// Leaves the 40 highest bits: a number of up to 13 digits.
  private static final int LOWER_BITS = 24;

  private final FrameDecoder decoder;
  private final TypedAnswers answers;

  public WorkspaceDialect(DialectLimits limits, InstantSource clock) {
    this.decoder = new FrameDecoder(FrameParser.ofText("type", limits), Correlation::of);
    this.answers = new TypedAnswers(clock);
  }

  @Override
  public String name() {
    return "workspace";
  }

  /// `ws_<user>_<epoch seconds>_<n>`. The number follows from the name given, which is nobody
  /// else's, on any node.
  @Override
  public ConnectionId nameOf(ConnectionId given, Caller caller, Instant at) {
    UUID hash = UUID.nameUUIDFromBytes(given.value().getBytes(UTF_8));
    long number = hash.getMostSignificantBits() >>> LOWER_BITS;
    return new ConnectionId("ws_" + caller.user() + "_" + at.getEpochSecond() + "_" + number);
  }

  @Override
  public boolean showsRoomStates() {
    return true;
  }

  @Override
  public Decoded decode(InFrame frame, SessionView session) {
    return decoder.decode(
        frame, (type, in) -> List.of(WorkspaceCommands.command(type, in, session)));
  }

  @Override
  public NotificationRule notifications() {
    return NotificationRule.ASKED;
  }

  @Override
  public Set<Waiting> tells() {
    return Set.of(Waiting.INBOX);
  }

  @Override
  public boolean takesQueue() {
    return true;
  }

  @Override
  public List<Command> opening(SessionView session) {
    return List.of();
  }

  @Override
  public List<OutFrame> encode(Envelope envelope) {
    return WorkspaceEvents.encode(envelope.event());
  }

  @Override
  public List<OutFrame> encode(Command command, Reply reply, JsonValue id, SessionView session) {
    return switch (reply) {
      case Reply.Pong(var at) ->
          answers.one("pong", id, out -> pong(out, session.connection(), at));
      case Reply.Authenticated(var expiresAt) -> answers.authenticated(expiresAt, id);
      case Reply.Joined joined ->
          answers.one("room_state", id, out -> WorkspaceRoomStates.write(out, joined));
      case Reply.Done _ -> done(command, id);
      case Reply.Custom(var body) -> answers.given(out -> out.all(body), id);
      case Reply.Left _,
          Reply.Entered _,
          Reply.Arrived _,
          Reply.MembersPage _,
          Reply.Participations _,
          Reply.Rooms _,
          Reply.Stored _,
          Reply.Recorded _,
          Reply.Marked _,
          Reply.HistoryPage _,
          Reply.Presences _,
          Reply.SessionResumed _,
          Reply.Subscriptions _,
          Reply.Jobs _,
          Reply.JobKept _,
          Reply.Sampled _,
          Reply.Notifications _,
          Reply.MessagesPage _,
          Reply.Conversations _,
          Reply.ActiveRooms _,
          Reply.UsersOnline _,
          Reply.Connections _,
          Reply.NotificationKept _,
          Reply.NotificationsMarked _,
          Reply.InboxOpened _,
          Reply.InboxPage _,
          Reply.Delivered _ ->
          NOTHING;
    };
  }

  @Override
  public List<OutFrame> encode(Rejection rejection, JsonValue id) {
    return List.of(answers.error(rejection, id));
  }

  private static void pong(JsonWriter out, ConnectionId connection, Instant at) {
    out.text("connection_id", connection.value()).time("timestamp", at);
  }

  /// Of what is done without a result only a filter is confirmed.
  private List<OutFrame> done(Command command, JsonValue id) {
    return command instanceof FilterNotifications(Optional<Notification.Filter> filter)
        ? filter.map(now -> filtered(now, id)).orElse(NOTHING)
        : NOTHING;
  }

  private List<OutFrame> filtered(Notification.Filter filter, JsonValue id) {
    return answers.one(
        "notifications_subscribed", id, out -> WorkspaceNotifications.writeFilter(out, filter));
  }
}
