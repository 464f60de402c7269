package dev.parley.dialect;

import static dev.parley.dialect.Samples.ANNS_SESSION;
import static dev.parley.dialect.Samples.GUESTS_SESSION;
import static dev.parley.dialect.Samples.frame;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.Command;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Event;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.RandomRecords;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.SessionCommand.Ping;
import dev.parley.protocol.json.JsonFormat;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever comes in is a value, and whatever goes out is a frame that its reader can read.
final class DialectFuzzTest {
  private static final int ROUNDS = 10_000;
  private static final String[] PIECES = {
    "\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\\",
    "\\ud83d",
    "null",
    "-",
    "1e9",
    "99999999999999999999",
    "\u0000",
    "\u00ff",
    "type",
    "id",
    "room",
    "\"id\":7,",
    "\"x\":{},",
    "true",
    " ",
    "\n"
  };

  private final Dialects dialects = new Dialects(DialectLimits.DEFAULTS, Samples.CLOCK);

  /// Frames that are understood, to be spoiled.
  static List<byte[]> seeds() {
    return Stream.of(
            NativeDialectTest.commands(),
            ConnectDialectTest.commands(),
            WorkspaceDialectTest.commands(),
            AetherDialectTest.commands(),
            NexusDialectTest.commands())
        .flatMap(rows -> rows)
        .map(row -> ((String) row.get()[0]).getBytes(UTF_8))
        .toList();
  }

  @Test
  void spoiledFramesAreCommandsOrRefused() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<byte[]> texts = seeds();
    List<byte[]> binaries = toCbor(texts);
    for (int i = 0; i < ROUNDS; i++) {
      boolean binary = random.nextInt(4) == 0;
      List<byte[]> from = binary ? binaries : texts;
      byte[] spoiled = spoil(from.get(random.nextInt(from.size())), random);
      for (Dialect dialect : dialects.all()) {
        assertDecodes(dialect, new InFrame(binary, spoiled), seed);
      }
    }
  }

  @Test
  void noiseIsRefused() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      for (Dialect dialect : dialects.all()) {
        assertDecodes(dialect, new InFrame(random.nextBoolean(), noise), seed);
      }
    }
  }

  static Stream<Class<?>> outputs() {
    return Stream.concat(
        RandomRecords.recordsOf(Event.class).stream(),
        RandomRecords.recordsOf(Reply.class).stream());
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void everyEventAndReplyIsReadableFrames(Class<?> type) throws IOException {
    long seed = System.nanoTime();
    RandomRecords records = new RandomRecords(new Random(seed));
    for (int i = 0; i < 30; i++) {
      Object value = records.make(type);
      Command command = records.make(Command.class);
      JsonValue id = records.make(JsonValue.class);
      for (Dialect dialect : dialects.all()) {
        List<OutFrame> frames = new ArrayList<>();
        if (value instanceof Event event) {
          frames.addAll(dialect.encode(Samples.live(event)));
          frames.addAll(dialect.encode(Samples.stored(event)));
        } else {
          frames.addAll(dialect.encode(command, (Reply) value, id, ANNS_SESSION));
        }
        frames.addAll(dialect.encode(records.make(Rejection.class), id));
        assertReadable(dialect, frames, asGiven(value), seed);
      }
    }
  }

  @Test
  void thePlainPingIsReadAsTheParserReadsIt() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<byte[]> pings =
        Stream.of(
                "{\"type\":\"ping\"}",
                "{\"type\":\"ping\",\"id\":7}",
                "{\"type\":\"ping\",\"id\":\"q-1\",\"data\":\"Grüße\",\"t\":1738314487060}",
                "{\"type\":\"ping\",\"a\":true,\"b\":false,\"c\":null,\"id\":0}")
            .map(ping -> ping.getBytes(UTF_8))
            .toList();
    pings.forEach(ping -> assertThat(PlainPing.idOf(ping)).isPresent());
    FrameDecoder slow =
        new FrameDecoder(
            FrameParser.ofText("type", DialectLimits.DEFAULTS),
            frame -> new JsonValue(frame.getValue("id")));
    NativeCommands table = new NativeCommands(DialectLimits.DEFAULTS);
    for (int i = 0; i < 50_000; i++) {
      byte[] spoiled = spoil(pings.get(random.nextInt(pings.size())), random);
      String text = new String(spoiled, UTF_8);
      PlainPing.idOf(text.getBytes(UTF_8))
          .ifPresent(
              id ->
                  assertThat(new Decoded.Commands(List.of(new Ping()), id))
                      .as("%s, seed %d", text, seed)
                      .isEqualTo(slow.decode(frame(text), table::commands)));
    }
  }

  private static void assertDecodes(Dialect dialect, InFrame frame, long seed) {
    for (SessionView session : List.of(ANNS_SESSION, GUESTS_SESSION)) {
      try {
        assertThat(dialect.decode(frame, session)).isNotNull();
      } catch (RuntimeException fault) {
        throw new AssertionError(
            dialect.name() + ", seed " + seed + ": " + Arrays.toString(frame.payload()), fault);
      }
    }
  }

  private static void assertReadable(
      Dialect dialect, List<OutFrame> frames, boolean asGiven, long seed) throws IOException {
    String typeField = dialect instanceof NexusDialect ? "event_type" : "type";
    for (OutFrame frame : frames) {
      JsonFormat format = frame.binary() ? JsonFormat.CBOR : JsonFormat.TEXT;
      JsonObject tree = format.decode(frame.payload());
      assertThat(asGiven || tree.getValue(typeField) instanceof String)
          .as("%s, seed %d: %s", dialect.name(), seed, tree)
          .isTrue();
    }
  }

  private static boolean asGiven(Object value) {
    return value instanceof CustomMessage || value instanceof Reply.Custom;
  }

  private static List<byte[]> toCbor(List<byte[]> texts) throws IOException {
    List<byte[]> binaries = new ArrayList<>();
    for (byte[] text : texts) {
      JsonObject tree = JsonFormat.TEXT.decode(text);
      binaries.add(JsonFormat.CBOR.encode(out -> out.value(tree)));
    }
    return binaries;
  }

  /// Changes, cuts out, doubles or puts in a few bytes.
  private static byte[] spoil(byte[] good, Random random) {
    byte[] bytes = good;
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> join(bytes, at, new byte[] {(byte) random.nextInt(256)}, at + 1);
            case 1 -> join(bytes, at, PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8), at);
            case 2 ->
                join(bytes, at, new byte[0], Math.min(bytes.length, at + 1 + random.nextInt(8)));
            case 3 ->
                join(bytes, at, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 9)), at);
            default -> Arrays.copyOf(bytes, at);
          };
    }
    return bytes;
  }

  private static byte[] join(byte[] bytes, int before, byte[] middle, int after) {
    byte[] joined = Arrays.copyOf(bytes, before + middle.length + bytes.length - after);
    System.arraycopy(middle, 0, joined, before, middle.length);
    System.arraycopy(bytes, after, joined, before + middle.length, bytes.length - after);
    return joined;
  }
}
