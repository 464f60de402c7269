package dev.parley.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.protocol.Caller;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Event;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.NotificationCommand.ListNotifications;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.SessionCommand.Listen;
import dev.parley.protocol.SessionCommand.Unsubscribe;
import dev.parley.protocol.TopicName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The dialect of `/ws` without a `user_id` (`aether.md`): subscriptions to topics, with an initial
/// state.
public final class AetherDialect implements Dialect {
  private static final List<OutFrame> NOTHING = List.of();
  private static final int INITIAL_NOTIFICATIONS = 50;

  /// Notifications are heard first and listed then, so that none falls between.
  private static final List<Command> OPENING =
      List.of(
          new Listen(List.of(TopicName.NOTIFICATIONS)),
          new ListNotifications(false, Optional.empty(), INITIAL_NOTIFICATIONS));

  private final FrameDecoder decoder;
  private final TypedAnswers answers;

  public AetherDialect(DialectLimits limits, InstantSource clock) {
    this.decoder = new FrameDecoder(FrameParser.ofText("type", limits), Correlation::of);
    this.answers = new TypedAnswers(clock);
  }

  @Override
  public String name() {
    return "aether";
  }

  /// A UUID, which its clients expect.
  @Override
  public ConnectionId nameOf(ConnectionId given, Caller caller, Instant at) {
    String once = given.value() + ' ' + at;
    return new ConnectionId(UUID.nameUUIDFromBytes(once.getBytes(UTF_8)).toString());
  }

  @Override
  public boolean numbersGuests() {
    return true;
  }

  @Override
  public boolean batchesEvents() {
    return true;
  }

  @Override
  public Optional<TopicName> topicOf(Event event) {
    return AetherEvents.topicOf(event);
  }

  @Override
  public Decoded decode(InFrame frame, SessionView session) {
    return decoder.decode(frame, AetherCommands::commands);
  }

  @Override
  public NotificationRule notifications() {
    return NotificationRule.SUBSCRIBED;
  }

  @Override
  public List<Command> opening(SessionView session) {
    return OPENING;
  }

  @Override
  public List<OutFrame> encode(Envelope envelope) {
    return AetherEvents.encode(envelope.event());
  }

  @Override
  public List<OutFrame> encode(Command command, Reply reply, JsonValue id, SessionView session) {
    return switch (reply) {
      case Reply.Pong(var at) -> answers.one("pong", id, out -> out.time("timestamp", at));
      case Reply.Authenticated _ when session.caller().anonymous() -> NOTHING;
      case Reply.Authenticated(var expiresAt) -> answers.authenticated(expiresAt, id);
      case Reply.Subscriptions subscriptions -> subscriptions(command, subscriptions, id);
      case Reply.Notifications page ->
          answers.one("initial_state", id, out -> AetherNotifications.writePage(out, page));
      case Reply.Custom(var body) -> answers.given(out -> out.all(body), id);
      case Reply.Done _,
          Reply.Joined _,
          Reply.Left _,
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
          Reply.Jobs _,
          Reply.JobKept _,
          Reply.Sampled _,
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

  /// What is no topic is said first; the others count.
  private List<OutFrame> subscriptions(
      Command command, Reply.Subscriptions subscriptions, JsonValue id) {
    String type = command instanceof Unsubscribe ? "unsubscribed" : "subscribed";
    OutFrame now = answers.frame(type, id, out -> out.texts("topics", subscriptions.topics()));
    return subscriptions.refused().isEmpty()
        ? List.of(now)
        : List.of(answers.error(unknown(subscriptions.refused()), id), now);
  }

  private static Rejection unknown(List<String> names) {
    return Rejection.invalid("topics", "No such topics: " + String.join(", ", names));
  }
}
