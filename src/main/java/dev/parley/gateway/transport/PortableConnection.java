package dev.parley.gateway.transport;

import dev.parley.dialect.OutFrame;
import dev.parley.protocol.CloseCode;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A connection on the public API. Frames come whole from Vert.x, which has checked their headers;
/// messages, their limits and UTF-8 are ours. Unsent bytes are counted by write futures.
final class PortableConnection implements Transport {
  private static final int MASK_BYTES = 4;
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final ServerWebSocket socket;
  private final RawSocket raw;
  private final MessageAssembly messages;
  private TransportListener listener = NoListener.INSTANCE;
  private boolean open = true;
  private boolean deaf;
  private boolean paused;
  private boolean choked;
  private int endCode = CloseFrame.ABNORMAL;
  private long deadline = NO_TIMER;
  private long unsent;
  private long bytesIn;
  private long bytesOut;

  PortableConnection(
      Vertx vertx, ServerWebSocket socket, RawSocket raw, TransportSettings settings) {
    this.vertx = vertx;
    this.socket = socket;
    this.raw = raw;
    this.messages = new MessageAssembly(settings.maxMessageBytes(), settings.fragments(), null);
  }

  PortableConnection start(Function<Transport, TransportListener> starter) {
    var _ =
        socket
            .frameHandler(this::onFrame)
            .exceptionHandler(this::onException)
            .drainHandler(_ -> onDrained())
            .closeHandler(_ -> onEnd());
    listener = starter.apply(this);
    return this;
  }

  @Override
  public void send(SharedFrame frame) {
    if (open) {
      switch (frame) {
        case WireFrame wire when frame.frame().binary() -> send(wire.frame());
        case WireFrame wire -> sendText(wire.text(), wire.frame().payload().length);
      }
    }
  }

  @Override
  public void send(OutFrame frame) {
    if (open && frame.binary()) {
      count(socket.writeFinalBinaryFrame(Buffer.buffer(frame.payload())), frame.payload().length);
    } else if (open) {
      sendText(new String(frame.payload(), StandardCharsets.UTF_8), frame.payload().length);
    }
  }

  private void sendText(String text, int payloadBytes) {
    count(socket.writeFinalTextFrame(text), payloadBytes);
  }

  private void count(Future<Void> written, int payloadBytes) {
    int size = FrameWriter.headerBytes(payloadBytes) + payloadBytes;
    bytesOut += size;
    unsent += size;
    var _ = written.onComplete(_ -> unsent -= size);
  }

  @Override
  public void ping() {
    if (open) {
      count(socket.writePing(Buffer.buffer()), 0);
    }
  }

  @Override
  public void ping(long number) {
    if (open) {
      count(socket.writePing(Buffer.buffer(Echo.write(number))), Long.BYTES);
    }
  }

  @Override
  public long unsentBytes() {
    return unsent;
  }

  @Override
  public boolean isWritable() {
    return open && !socket.isClosed() && !socket.writeQueueFull();
  }

  @Override
  public void pause() {
    if (open && !paused) {
      paused = true;
      var _ = socket.pause();
    }
  }

  @Override
  public void resume() {
    if (paused) {
      paused = false;
      listen();
    }
  }

  @Override
  public void limitInput(int maxMessageBytes, boolean fragments) {
    messages.limit(maxMessageBytes, fragments);
  }

  @Override
  public long bytesIn() {
    return bytesIn;
  }

  @Override
  public long bytesOut() {
    return bytesOut;
  }

  @Override
  public void close(CloseCode code, String reason) {
    if (open) {
      open = false;
      long millis = TimeUnit.SECONDS.toMillis(ServerSettings.CLOSE_SECONDS);
      deadline = vertx.setTimer(millis, _ -> raw.sever());
      var _ = socket.close((short) code.code(), CloseFrame.fitting(reason));
      resume();
    }
  }

  @Override
  public void cut() {
    open = false;
    deaf = true;
    raw.sever();
  }

  private void onFrame(WebSocketFrame frame) {
    int size = frame.binaryData().length();
    bytesIn += FrameWriter.headerBytes(size) + MASK_BYTES + size;
    if (frame.isClose()) {
      endCode = size == 0 ? CloseFrame.NO_CODE : frame.closeStatusCode();
      open = false;
    } else if (open && !deaf) {
      receive(frame);
    }
  }

  private void receive(WebSocketFrame frame) {
    switch (frame.type()) {
      case TEXT -> onData(Opcode.TEXT, frame);
      case BINARY -> onData(Opcode.BINARY, frame);
      case CONTINUATION -> onData(Opcode.CONTINUATION, frame);
      case PING -> onPing();
      case PONG -> {
        listener.onPong();
        Echo.read(frame.binaryData().getBytes()).ifPresent(listener::onEcho);
      }
      case CLOSE -> {}
    }
  }

  private void onData(Opcode opcode, WebSocketFrame frame) {
    var payload = frame.binaryData();
    var refused = messages.admit(opcode, frame.isFinal(), false, payload.length());
    if (refused != null) {
      onViolation(refused);
      return;
    }
    switch (messages.add(opcode, frame.isFinal(), false, payload.getBytes())) {
      case Inbound.Message(var message) -> listener.onMessage(message);
      case Inbound.Violation(var code) -> onViolation(code);
      case Inbound.Fragment() -> listener.onPong();
      case Inbound.Ping _, Inbound.Pong _, Inbound.Close _ -> {}
    }
  }

  /// Vert.x has answered it already, however much waits: then no more is read until that is gone.
  private void onPing() {
    if (!choked && socket.writeQueueFull()) {
      choked = true;
      var _ = socket.pause();
    }
    listener.onPong();
  }

  private void onDrained() {
    if (choked) {
      choked = false;
      listen();
    }
    if (open) {
      listener.onWritable();
    }
  }

  private void listen() {
    if (!paused && !choked) {
      var _ = socket.resume();
    }
  }

  /// Of a violation that Vert.x finds itself we hear so, right before it ends the socket.
  private void onException(Throwable cause) {
    if (open && !deaf && cause instanceof DecoderException) {
      onViolation(codeOf(cause));
      raw.flush();
    }
  }

  private static CloseCode codeOf(Throwable cause) {
    boolean tooLarge =
        cause instanceof CorruptedWebSocketFrameException corrupted
            && corrupted.closeStatus().code() == CloseCode.TOO_LARGE.code();
    return tooLarge ? CloseCode.TOO_LARGE : CloseCode.PROTOCOL_ERROR;
  }

  private void onViolation(CloseCode code) {
    deaf = true;
    listener.onViolation(code);
  }

  private void onEnd() {
    open = false;
    if (deadline != NO_TIMER) {
      vertx.cancelTimer(deadline);
    }
    var told = listener;
    listener = NoListener.INSTANCE;
    told.onClosed(endCode);
  }
}
