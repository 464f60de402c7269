package dev.parley;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A client on the JDK's WebSocket: another implementation than the server's. Reads like a chat.
public final class TestClient implements AutoCloseable {
  /// How a connection ended.
  public record Closed(int code, String reason) {}

  static {
    // Else the kernel may take megabytes for a client that does not read.
    System.setProperty("jdk.httpclient.receiveBufferSize", "65536");
  }

  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /// @param place among all frames of the connection
  private record Received(int place, JsonObject frame) {}

  private final LinkedBlockingQueue<Received> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Closed> closed = new CompletableFuture<>();
  private final WebSocket socket;
  private volatile boolean stalled;
  private volatile String connectionId = "";
  private volatile int askedUpTo;
  private int lastPlace;
  private int commands;

  private TestClient(
      HttpClient http, URI address, Map<String, String> headers, String... subprotocols) {
    WebSocket.Builder builder = http.newWebSocketBuilder();
    headers.forEach(builder::header);
    if (subprotocols.length > 0) {
      builder.subprotocols(
          subprotocols[0],
          List.of(subprotocols).subList(1, subprotocols.length).toArray(String[]::new));
    }
    builder.connectTimeout(HANDSHAKE);
    this.socket =
        builder
            .buildAsync(address, new Listener())
            .orTimeout(HANDSHAKE.toSeconds(), TimeUnit.SECONDS)
            .join();
  }

  private static URI plain(int port, String pathAndQuery) {
    return URI.create("ws://127.0.0.1:" + port + pathAndQuery);
  }

  /// An encrypted connection.
  public static TestClient connect(SSLContext trust, int port, String pathAndQuery) {
    URI address = URI.create("wss://127.0.0.1:" + port + pathAndQuery);
    return new TestClient(HttpClient.newBuilder().sslContext(trust).build(), address, Map.of());
  }

  /// To a server on another host.
  public static TestClient connect(String host, int port, String pathAndQuery) {
    return new TestClient(HTTP, URI.create("ws://" + host + ":" + port + pathAndQuery), Map.of());
  }

  public static TestClient connect(int port, String pathAndQuery, String... subprotocols) {
    return new TestClient(HTTP, plain(port, pathAndQuery), Map.of(), subprotocols);
  }

  public static TestClient connect(int port, String pathAndQuery, Map<String, String> headers) {
    return new TestClient(HTTP, plain(port, pathAndQuery), headers);
  }

  public String subprotocol() {
    return socket.getSubprotocol();
  }

  /// What the server calls this connection, as the last frame that named it says.
  public String connectionId() {
    return connectionId;
  }

  public TestClient send(JsonObject frame) {
    return send(frame.encode());
  }

  public TestClient send(String text) {
    try {
      socket.sendText(text, true).join();
    } catch (CompletionException e) {
      throw new IllegalStateException("not sent; closed: " + closed.getNow(null), e);
    }
    return this;
  }

  /// Sends if the connection is open.
  ///
  /// @return whether it was
  public boolean trySend(JsonObject frame) {
    try {
      socket.sendText(frame.encode(), true).join();
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }

  /// Reads nothing more from the socket.
  public void stall() {
    stalled = true;
  }

  /// Reads again.
  public void resume() {
    stalled = false;
    socket.request(1);
  }

  public boolean isOpen() {
    return !closed.isDone();
  }

  /// The next frame, if one comes in time.
  public Optional<JsonObject> poll(long millis) {
    return Optional.ofNullable(pollFor(TimeUnit.MILLISECONDS.toNanos(millis)));
  }

  /// Sends a native command and awaits its `ok` or `error`, passing over events.
  public JsonObject ask(JsonObject command) {
    String id = "c" + commands++;
    send(command.copy().put("id", id));
    return await(frame -> id.equals(frame.getValue("id")), "the answer to " + command);
  }

  /// The next frame, whatever it is.
  public JsonObject next() {
    return await(frame -> true, "a frame");
  }

  /// The next frame of this type (or event_type), passing over others.
  public JsonObject await(String type) {
    return await(frame -> type.equals(typeOf(frame)), "a frame of type " + type);
  }

  public JsonObject await(Predicate<JsonObject> wanted, String what) {
    List<JsonObject> passed = new ArrayList<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Await.SECONDS);
    while (true) {
      JsonObject frame = pollFor(deadline - System.nanoTime());
      if (frame == null) {
        throw new AssertionError(
            "no "
                + what
                + (closed.isDone() ? ", closed " + closed.join() : "")
                + "; came: "
                + passed);
      }
      if (wanted.test(frame)) {
        return frame;
      }
      passed.add(frame);
    }
  }

  /// What came until the answer to a ping, without that answer: all that was on its way before.
  public List<JsonObject> untilPong() {
    List<JsonObject> came = new ArrayList<>();
    String id = "p" + commands++;
    send(new JsonObject().put("type", "ping").put("event_type", "ping").put("id", id));
    while (true) {
      JsonObject frame = next();
      if ("pong".equals(typeOf(frame))) {
        return came;
      }
      came.add(frame);
    }
  }

  /// Returns when the server has asked whether the frame read last has arrived; the answer goes out
  /// before anything that is sent from then on.
  public void awaitAsked() {
    awaitAsked(lastPlace);
  }

  /// The same of an earlier frame: nobody asks about ephemeral events.
  public void awaitAsked(int place) {
    Await.until(() -> askedUpTo >= place, "asked whether all has arrived");
  }

  /// The place of the frame read last among all that came.
  public int place() {
    return lastPlace;
  }

  /// Whether the server has asked so already.
  public boolean wasAsked() {
    return askedUpTo >= lastPlace;
  }

  public Closed awaitClosed() {
    try {
      return closed.get(Await.SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("it was not closed", e);
    }
  }

  public static String typeOf(JsonObject frame) {
    return frame.getString("event_type", frame.getString("type"));
  }

  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").handle((done, failure) -> done).join();
    }
  }

  /// Breaks the connection without a word.
  public void abort() {
    socket.abort();
    closed.complete(new Closed(1006, "aborted"));
  }

  private @Nullable JsonObject pollFor(long nanos) {
    try {
      Received received = frames.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      if (received == null) {
        return null;
      }
      lastPlace = received.place();
      return received.frame();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private int places;

    private void more(WebSocket webSocket) {
      if (!stalled) {
        webSocket.request(1);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonObject frame = new JsonObject(text.toString());
        connectionId = frame.getString("connection_id", connectionId);
        places++;
        frames.add(new Received(places, frame));
        text.setLength(0);
      }
      more(webSocket);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
      if (message.remaining() == Long.BYTES) {
        askedUpTo = places;
      }
      more(webSocket);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      closed.complete(new Closed(code, reason));
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed.complete(new Closed(1006, String.valueOf(error.getMessage())));
    }
  }
}
