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

/// The dialect of `/ws/connect` (`connect.md`). Who sends a message gets no answer but the event
/// itself.
public final class ConnectDialect implements Dialect {
  private static final List<OutFrame> NOTHING = List.of();

  private final FrameDecoder decoder;
  private final ConnectCommands commands;
  private final InstantSource clock;

  public ConnectDialect(DialectLimits limits, InstantSource clock) {
    this.decoder = new FrameDecoder(FrameParser.ofText("type", limits), Correlation::of);
    this.commands = new ConnectCommands(limits);
    this.clock = clock;
  }

  @Override
  public String name() {
    return "connect";
  }

  @Override
  public Decoded decode(InFrame frame, SessionView session) {
    return decoder.decode(frame, commands::commands);
  }

  @Override
  public List<Command> opening(SessionView session) {
    return List.of();
  }

  @Override
  public List<OutFrame> encode(Envelope envelope) {
    return ConnectEvents.encode(envelope);
  }

  @Override
  public List<OutFrame> encode(Command command, Reply reply, JsonValue id, SessionView session) {
    return switch (reply) {
      case Reply.Pong(var at) -> FrameEncoder.TEXT.one(out -> pong(out, at, id));
      case Reply.Authenticated(var expiresAt) -> authenticated(expiresAt, id, session);
      case Reply.Joined joined ->
          List.of(
              ConnectEvents.joined(
                  joined.room(), Member.of(session.caller()), joined.count(), joined.at()));
      case Reply.Left left ->
          List.of(
              ConnectEvents.left(
                  left.room(), Member.of(session.caller()), left.count(), left.at()));
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
          ErrorFrame.write(out.text("type", "error"), rejection, clock.instant());
          Correlation.write(out, id);
        });
  }

  private static void pong(JsonWriter out, Instant at, JsonValue id) {
    Correlation.write(out.text("type", "pong").time("timestamp", at), id);
  }

  /// A refreshed token is confirmed; the first one is answered by the opening frames.
  private static List<OutFrame> authenticated(
      Optional<Instant> expiresAt, JsonValue id, SessionView session) {
    return session.caller().anonymous()
        ? NOTHING
        : FrameEncoder.TEXT.one(
            out ->
                Correlation.write(
                    out.text("type", "auth_ok").value("expires_at", expiresAt.orElse(null)), id));
  }

  private static void custom(JsonWriter out, JsonObject body, JsonValue id) {
    Correlation.write(out.all(body), id);
  }
}
