package dev.parley.dialect;

import dev.parley.protocol.Command;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Member;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.json.JsonWriter;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The dialect of `/ws` with a `user_id` (`nexus.md`). Every frame has an `event_type`; who sends a
/// message gets no answer but the event itself.
public final class NexusDialect implements Dialect {
  private static final List<OutFrame> NOTHING = List.of();

  private final FrameDecoder decoder;
  private final NexusCommands commands;
  private final InstantSource clock;

  public NexusDialect(DialectLimits limits, InstantSource clock) {
    this.decoder = new FrameDecoder(FrameParser.ofText(NexusEvents.TYPE, limits), Correlation::of);
    this.commands = new NexusCommands(limits);
    this.clock = clock;
  }

  @Override
  public String name() {
    return "nexus";
  }

  @Override
  public Decoded decode(InFrame frame, SessionView session) {
    return decoder.decode(frame, (type, in) -> commands.commands(type, in, session.caller()));
  }

  @Override
  public List<Command> opening(SessionView session) {
    return List.of();
  }

  @Override
  public boolean followsConversations() {
    return true;
  }

  @Override
  public List<OutFrame> encode(Envelope envelope) {
    return NexusEvents.encode(envelope);
  }

  @Override
  public List<OutFrame> encode(Command command, Reply reply, JsonValue id, SessionView session) {
    return switch (reply) {
      case Reply.Pong(var at) -> FrameEncoder.TEXT.one(out -> pong(out, at, id));
      case Reply.Authenticated(var expiresAt) -> authenticated(expiresAt, id, session);
      case Reply.Joined joined ->
          List.of(
              NexusEvents.joined(joined.room(), Member.of(session.caller()), joined.count()),
              NexusEvents.roomState(joined.room(), joined.members()));
      case Reply.Left left ->
          List.of(NexusEvents.left(left.room(), Member.of(session.caller()), left.count()));
      case Reply.Custom(var body) -> FrameEncoder.TEXT.one(out -> custom(out, body, id));
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
          Reply.Delivered _ ->
          NOTHING;
    };
  }

  @Override
  public List<OutFrame> encode(Rejection rejection, JsonValue id) {
    return FrameEncoder.TEXT.one(
        out -> {
          ErrorFrame.write(out.text(NexusEvents.TYPE, "error"), rejection, clock.instant());
          Correlation.write(out, id);
        });
  }

  private static void pong(JsonWriter out, Instant at, JsonValue id) {
    Correlation.write(out.text(NexusEvents.TYPE, "pong").time("timestamp", at), id);
  }

  /// A refreshed token is confirmed; the first one is answered by the opening frame.
  private static List<OutFrame> authenticated(
      Optional<Instant> expiresAt, JsonValue id, SessionView session) {
    return session.caller().anonymous()
        ? NOTHING
        : FrameEncoder.TEXT.one(out -> authenticated(out, expiresAt, id));
  }

  private static void authenticated(JsonWriter out, Optional<Instant> expiresAt, JsonValue id) {
    out.text(NexusEvents.TYPE, "auth_ok").value("expires_at", expiresAt.orElse(null));
    Correlation.write(out, id);
  }

  private static void custom(JsonWriter out, JsonObject body, JsonValue id) {
    Correlation.write(out.all(body), id);
  }
}
