import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import dev.parley.dialect.DialectLimits;
import dev.parley.dialect.InFrame;
import dev.parley.dialect.NativeDialect;
import dev.parley.dialect.SessionView;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.ChatMessage;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.EventJson;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Position;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SessionCommand.Ping;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import io.vertx.core.json.JsonArray;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What the native dialect costs per frame, in nanoseconds of CPU and in bytes allocated. After
/// `mvn -Pquick compile dependency:build-classpath -Dmdep.outputFile=target/cp.txt`:
///
/// ```
/// java @conf/jvm.options -cp target/classes:$(cat target/cp.txt) src/bench/java/CodecBench.java
/// ```
final class CodecBench {
  private static final int ROUNDS = 15;
  private static final int FRAMES = 200_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final RoomName ROOM = new RoomName("bench_1");
  private static final UserId ANN = new UserId("ann");
  private static final Instant AT = Instant.parse("2025-01-31T09:08:07.060Z");

  private static Object sink = "";

  private CodecBench() {}

  public static void main(String[] args) {
    NativeDialect json = NativeDialect.json(DialectLimits.DEFAULTS, InstantSource.system());
    NativeDialect cbor = NativeDialect.cbor(DialectLimits.DEFAULTS, InstantSource.system());
    Stranger session = new Stranger();
    InFrame ping = text("{\"type\":\"ping\",\"id\":4711,\"data\":\"" + "x".repeat(90) + "\"}");
    InFrame shortPing = text("{\"type\":\"ping\",\"id\":\"4711\"}");
    InFrame broadcast =
        text(
            "{\"type\":\"room.broadcast\",\"room\":\"bench_1\",\"event\":\"m\",\"data\":\""
                + "x".repeat(60)
                + "\"}");
    InFrame send =
        text(
            "{\"type\":\"chat.send\",\"id\":7,\"room\":\"bench_1\",\"content\":\"hello, world\","
                + "\"client_message_id\":\"5a0e7c1e-1\"}");
    JsonValue id = new JsonValue(4711);
    Reply pong = new Reply.Pong(AT);
    Envelope message =
        Envelope.ephemeral(
            new RoomMessage(
                ROOM, ANN, "Ann", "m", JsonValue.NULL, new JsonValue("x".repeat(60)), AT),
            Topic.of(ROOM));
    ChatPosted chat = new ChatPosted(message());
    Envelope posted =
        Envelope.durable(chat, Topic.of(ROOM), new Stamp(new Position("e1", 42), "e1", 42));
    byte[] stored = EventJson.encode(chat);

    measure("decode ping, 128 bytes", () -> json.decode(ping, session));
    measure("decode ping, 27 bytes", () -> json.decode(shortPing, session));
    measure("decode room.broadcast", () -> json.decode(broadcast, session));
    measure("decode chat.send", () -> json.decode(send, session));
    measure("encode pong", () -> json.encode(new Ping(), pong, id, session));
    measure("encode room.message", () -> json.encode(message));
    measure("encode room.message, CBOR", () -> cbor.encode(message));
    measure("encode chat.message", () -> json.encode(posted));
    measure("store: encode an event", () -> EventJson.encode(chat));
    measure("store: decode an event", () -> EventJson.decode(stored));
  }

  /// The median of the rounds, and the last round's bytes.
  private static void measure(String what, Supplier<Object> step) {
    double[] nanos = new double[ROUNDS];
    double bytes = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      long started = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < FRAMES; i++) {
        sink = step.get();
      }
      nanos[round] = (THREADS.getCurrentThreadCpuTime() - started) / (double) FRAMES;
      bytes = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / (double) FRAMES;
    }
    Arrays.sort(nanos);
    System.out.printf("%-28s %7.0f ns %7.0f B%n", what, nanos[ROUNDS / 2], bytes);
  }

  private static InFrame text(String json) {
    return new InFrame(false, json.getBytes(UTF_8));
  }

  private static ChatMessage message() {
    return new ChatMessage(
        ROOM,
        "0195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
        ANN,
        "Ann",
        "hello, world",
        "text",
        AT,
        Optional.of("5a0e7c1e-1"),
        Optional.empty(),
        List.of(),
        new JsonArray(),
        Map.of(),
        Optional.empty(),
        false);
  }

  private record Stranger() implements SessionView {
    @Override
    public Caller caller() {
      return Caller.of(ANN);
    }

    @Override
    public ConnectionId connection() {
      return new ConnectionId("c1");
    }

    @Override
    public Optional<RoomName> lastRoom() {
      return Optional.empty();
    }
  }
}
