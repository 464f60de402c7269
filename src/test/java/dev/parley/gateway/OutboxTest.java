package dev.parley.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.dialect.DialectLimits;
import dev.parley.dialect.NativeDialect;
import dev.parley.dialect.OutFrame;
import dev.parley.feed.Deliveries;
import dev.parley.gateway.Outbox.Fate;
import dev.parley.gateway.transport.SharedFrame;
import dev.parley.gateway.transport.Transport;
import dev.parley.observe.Meters;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Notification;
import dev.parley.protocol.Notification.Addressee;
import dev.parley.protocol.Notification.Level;
import dev.parley.protocol.Notification.Priority;
import dev.parley.protocol.NotificationEvent.NotificationCreated;
import dev.parley.protocol.Position;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Stamp;
import dev.parley.protocol.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What waits for a socket that takes nothing, and what goes before it.
final class OutboxTest {
  private static final OutboxLimits LIMITS = new OutboxLimits(4_000, 1_000);
  private static final Topic ROOM = Topic.of(new RoomName("r"));

  private final Socket socket = new Socket();
  private final Outbox outbox =
      new Outbox(
          socket,
          new WireEncoding(
              0,
              NativeDialect.json(DialectLimits.DEFAULTS, InstantSource.system()),
              new Meters(new SimpleMeterRegistry()).dialect("native")),
          LIMITS,
          Optional.empty());

  @Test
  void whatIsPressingGoesBeforeWhatWaits() {
    say("1");
    socket.writable = false;
    say("2");
    outbox.write(List.of(OutFrame.text("reply".getBytes(UTF_8))));
    keep(3);
    notify("normal", Priority.NORMAL);
    notify("high", Priority.HIGH);
    say("4");
    notify("urgent", Priority.URGENT);
    assertThat(socket.sent).containsExactly("1", "high", "urgent");
    socket.writable = true;
    outbox.onWritable();
    assertThat(socket.sent)
        .containsExactly("1", "high", "urgent", "2", "reply", "kept 3", "normal", "4");
    say("5");
    assertThat(socket.sent).endsWith("4", "5");
  }

  @Test
  void itGoesOnWhereTheSocketStopped() {
    socket.writable = false;
    say("1");
    say("2");
    say("3");
    socket.takes = 1;
    socket.writable = true;
    outbox.onWritable();
    assertThat(socket.sent).containsExactly("1");
    say("4");
    assertThat(socket.sent).containsExactly("1");
    socket.takes = 10;
    socket.writable = true;
    outbox.onWritable();
    assertThat(socket.sent).containsExactly("1", "2", "3", "4");
  }

  @Test
  void whatWaitsCountsAgainstTheBound() {
    socket.writable = false;
    Fate fate = Fate.WRITTEN;
    int written = 0;
    while (fate == Fate.WRITTEN) {
      fate = keep(written++);
    }
    assertThat(fate).isEqualTo(Fate.OVERFLOW);
    assertThat(written).isBetween(20, 200);
    assertThat(notify("urgent", Priority.URGENT)).isEqualTo(Fate.OVERFLOW);
  }

  @Test
  void notificationsAreNotDroppedForWhoReadsSlowly() {
    socket.writable = false;
    while (say("chatter") == Fate.WRITTEN) {
      assertThat(socket.sent).isEmpty();
    }
    assertThat(notify("normal", Priority.NORMAL)).isEqualTo(Fate.WRITTEN);
    assertThat(outbox.isDrained()).isFalse();
  }

  @Test
  void whatIsToBeDoneAfterwardsWaitsForItsTurn() {
    outbox.then(() -> socket.sent.add("at once"));
    socket.writable = false;
    say("1");
    outbox.then(() -> socket.sent.add("then"));
    say("2");
    assertThat(socket.sent).containsExactly("at once");
    socket.writable = true;
    outbox.onWritable();
    assertThat(socket.sent).containsExactly("at once", "1", "then", "2");
  }

  @Test
  void allOfItGoesOutBeforeTheEnd() {
    socket.writable = false;
    say("1");
    say("2");
    outbox.finish();
    assertThat(socket.sent).containsExactly("1", "2");
    outbox.write(List.of(OutFrame.text("late".getBytes(UTF_8))));
    assertThat(socket.sent).containsExactly("1", "2", "late");
  }

  @Test
  void ofAConnectionThatIsGoneNothingIsKept() {
    socket.writable = false;
    say("1");
    outbox.drop();
    socket.writable = true;
    outbox.onWritable();
    assertThat(socket.sent).isEmpty();
    assertThat(outbox.isDrained()).isTrue();
  }

  @CanIgnoreReturnValue
  private Fate say(String text) {
    return deliver(Envelope.ephemeral(message(text), ROOM));
  }

  @CanIgnoreReturnValue
  private Fate keep(long seq) {
    Stamp stamp = new Stamp(new Position("e", seq), "e", seq);
    return deliver(Envelope.durable(message("kept " + seq), ROOM, stamp));
  }

  @CanIgnoreReturnValue
  private Fate notify(String title, Priority priority) {
    Notification notification =
        new Notification(
            "n",
            new Addressee.ToAll(),
            title,
            "",
            "system",
            Optional.empty(),
            priority,
            Level.INFO,
            new JsonObject(),
            Instant.EPOCH);
    return deliver(Envelope.ephemeral(new NotificationCreated(notification), Topic.EVERYONE));
  }

  private Fate deliver(Envelope envelope) {
    var delivery = Deliveries.of(envelope);
    Fate fate = outbox.deliver(delivery);
    Deliveries.finish(delivery);
    return fate;
  }

  private static CustomMessage message(String text) {
    return new CustomMessage(new JsonObject().put("text", text));
  }

  /// Takes what it is told to take.
  private static final class Socket implements Transport {
    final List<String> sent = new ArrayList<>();
    boolean writable = true;
    int takes = Integer.MAX_VALUE;

    @Override
    public void send(SharedFrame frame) {
      send(frame.frame());
    }

    @Override
    public void send(OutFrame frame) {
      String text = new String(frame.payload(), UTF_8);
      sent.add(text.startsWith("{") ? nameOf(new JsonObject(text)) : text);
      writable = writable && --takes > 0;
    }

    private static String nameOf(JsonObject frame) {
      return frame.containsKey("notification")
          ? frame.getJsonObject("notification").getString("title")
          : frame.getString("text");
    }

    @Override
    public boolean isWritable() {
      return writable;
    }

    @Override
    public long unsentBytes() {
      return 0;
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void ping(long number) {}

    @Override
    public void ping() {}

    @Override
    public void close(CloseCode code, String reason) {}

    @Override
    public void cut() {}

    @Override
    public void limitInput(int maxMessageBytes, boolean fragments) {}

    @Override
    public long bytesIn() {
      return 0;
    }

    @Override
    public long bytesOut() {
      return 0;
    }
  }
}
