package dev.parley.dialect;

import dev.parley.protocol.Command;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Member;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.SystemSample;
import dev.parley.protocol.json.JsonWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What the older dialects have in common: who does something gets no answer but the event itself.
/// They differ in the words of their events, and in the field that names a frame's type.
abstract sealed class EchoDialect implements Dialect permits ConnectDialect, NexusDialect {
  private static final List<OutFrame> NOTHING = List.of();

  private final String typeField;
  private final FrameDecoder decoder;
  private final InstantSource clock;

  EchoDialect(String typeField, DialectLimits limits, InstantSource clock) {
    this.typeField = typeField;
    this.decoder = new FrameDecoder(FrameParser.ofText(typeField, limits), Correlation::of);
    this.clock = clock;
  }

  /// What a frame of this type asks.
  abstract FrameDecoder.Table table(SessionView session);

  /// How `who` reads of having joined.
  abstract List<OutFrame> joined(Reply.Joined joined, Member who);

  /// How `who` reads of having left.
  abstract List<OutFrame> left(Reply.Left left, Member who);

  /// How whoever asked about jobs reads of them.
  List<OutFrame> jobs(Command command, Reply.Jobs jobs, JsonValue id) {
    return NOTHING;
  }

  /// The newest sample, for who begins to watch.
  List<OutFrame> sampled(SystemSample sample) {
    return NOTHING;
  }

  @Override
  public final Decoded decode(InFrame frame, SessionView session) {
    return decoder.decode(frame, table(session));
  }

  @Override
  public List<Command> opening(SessionView session) {
    return List.of();
  }

  @Override
  public final List<OutFrame> encode(
      Command command, Reply reply, JsonValue id, SessionView session) {
    return switch (reply) {
      case Reply.Pong(var at) ->
          answer(id, out -> out.text(typeField, "pong").time("timestamp", at));
      case Reply.Authenticated(var expiresAt) -> authenticated(expiresAt, id, session);
      case Reply.Joined joined -> joined(joined, Member.of(session.caller()));
      case Reply.Left left -> left(left, Member.of(session.caller()));
      case Reply.Sampled(var sample) -> sampled(sample);
      case Reply.Custom(var body) -> answer(id, out -> out.all(body));
      case Reply.Jobs jobs -> jobs(command, jobs, id);
      case Reply.Done _,
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
          Reply.JobKept _,
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
  public final List<OutFrame> encode(Rejection rejection, JsonValue id) {
    Instant now = clock.instant();
    return answer(id, out -> ErrorFrame.write(out.text(typeField, "error"), rejection, now));
  }

  /// A refreshed token is confirmed; the first one is answered by the opening frames.
  private List<OutFrame> authenticated(
      Optional<Instant> expiresAt, JsonValue id, SessionView session) {
    return session.caller().anonymous()
        ? NOTHING
        : answer(
            id, out -> out.text(typeField, "auth_ok").value("expires_at", expiresAt.orElse(null)));
  }

  static List<OutFrame> answer(JsonValue id, Consumer<JsonWriter> fields) {
    return FrameEncoder.TEXT.one(
        out -> {
          fields.accept(out);
          Correlation.write(out, id);
        });
  }
}
