package dev.parley.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.Command;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Event;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobId;
import dev.parley.protocol.JobStatus;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Member;
import dev.parley.protocol.MessageRef;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.PlainMessage;
import dev.parley.protocol.Position;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SessionEvent.SessionLimits;
import dev.parley.protocol.SessionEvent.Welcomed;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the tests of all dialects talk about: Ann and Bob in a room, at one moment.
final class Samples {
  static final Instant AT = Instant.parse("2025-01-31T09:08:07.060Z");
  static final InstantSource CLOCK = InstantSource.fixed(AT);
  static final RoomName ROOM = new RoomName("order_1");
  static final UserId ANN = new UserId("ann");
  static final UserId BOB = new UserId("bob");
  static final Member ANN_HERE = new Member(ANN, "Ann", Optional.of("ann@example.org"));
  static final Member BOB_HERE = new Member(BOB, "Bob", Optional.empty());
  static final ConnectionId CONNECTION = new ConnectionId("c1");
  static final Position PLACE = new Position("e1", 42);
  static final Stamp STAMP = new Stamp(PLACE, "e1", 7);

  static final SessionView ANNS_SESSION = session(caller("ann", "Ann", false));
  static final SessionView GUESTS_SESSION = session(caller("guest-1", "guest-1", true));

  private Samples() {}

  static Caller caller(String id, String username, boolean anonymous) {
    return new Caller(
        new UserId(id),
        username,
        Optional.empty(),
        Set.of("support", "admin"),
        List.of(),
        anonymous,
        Optional.of(CONNECTION));
  }

  static SessionView session(Caller caller) {
    return new SessionView() {
      @Override
      public Caller caller() {
        return caller;
      }

      @Override
      public ConnectionId connection() {
        return CONNECTION;
      }

      @Override
      public Optional<RoomName> lastRoom() {
        return Optional.empty();
      }
    };
  }

  static Welcomed welcomed() {
    SessionLimits limits =
        new SessionLimits(
            Duration.ofSeconds(25),
            Duration.ofSeconds(120),
            65_536,
            600,
            Duration.ofSeconds(60),
            500);
    return new Welcomed(caller("ann", "Ann", false), CONNECTION, new NodeId("n1"), limits, AT);
  }

  static ChatMessage plainMessage() {
    return PlainMessage.of(ROOM, "m-1", BOB, "Bob", "hi", AT);
  }

  static ChatMessage fullMessage() {
    return new ChatMessage(
        ROOM,
        "m-2",
        ANN,
        "Ann",
        "look",
        "image",
        AT,
        Optional.of("c-1"),
        Optional.of(new MessageRef.BySeq(7)),
        List.of(BOB),
        new JsonArray().add(new JsonObject().put("url", "/f/1")),
        Map.of("👍", List.of(BOB)),
        Optional.of(AT),
        false);
  }

  static Job job() {
    return new Job(
        new JobId("job789"),
        JobStatus.RUNNING,
        45.5,
        Optional.of("Import"),
        Optional.of(ANN),
        Optional.empty(),
        JsonValue.NULL,
        AT,
        AT.plusSeconds(1));
  }

  static PresenceState away() {
    return new PresenceState(
        ANN,
        "Ann",
        PresenceStatus.AWAY,
        Optional.of("lunch"),
        Optional.of("kitchen"),
        Optional.of(AT),
        0);
  }

  static PresenceState online() {
    return new PresenceState(
        ANN, "Ann", PresenceStatus.ONLINE, Optional.empty(), Optional.empty(), Optional.empty(), 0);
  }

  static Envelope live(Event event) {
    return Envelope.ephemeral(event, Topic.of(ROOM));
  }

  static Envelope stored(Event event) {
    return Envelope.durable(event, Topic.of(ROOM), STAMP);
  }

  static InFrame frame(String json) {
    return new InFrame(false, json.getBytes(UTF_8));
  }

  static List<String> texts(List<OutFrame> frames) {
    assertThat(frames).allMatch(frame -> !frame.binary());
    return frames.stream().map(frame -> new String(frame.payload(), UTF_8)).toList();
  }

  static void assertMeans(Dialect dialect, SessionView session, String json, Command... commands) {
    assertThat(dialect.decode(frame(json), session))
        .isEqualTo(new Decoded.Commands(List.of(commands), JsonValue.NULL));
  }

  /// @param code and field, if it names one: `VALIDATION_FAILED room`
  static void assertRefused(Dialect dialect, String json, String code) {
    Decoded decoded = dialect.decode(frame(json), ANNS_SESSION);
    assertThat(decoded).isInstanceOf(Decoded.Refused.class);
    var rejection = ((Decoded.Refused) decoded).rejection();
    String field = rejection.field().map(name -> " " + name).orElse("");
    assertThat(rejection.code() + field).as(rejection.text()).isEqualTo(code);
    assertThat(rejection.field().isPresent())
        .isEqualTo(rejection.code() == ErrorCode.VALIDATION_FAILED);
  }
}
