package dev.parley.cli.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One connection of the load client. All of it runs on its worker's event loop.
///
///     Upgrading ──101──▶ Opening ──Opened──▶ Joining ──every room──▶ Ready ──▶ Closed
///         └───────────────── refused, violated or cut ────────────────────────▶
final class Peer extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
  private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xe8};
  private static final byte[] EMPTY = {};

  private final int number;
  private final Worker worker;
  private final Wire wire;
  private final byte[] request;
  private final List<String> rooms;
  private final Load load;
  private final Observer observer;
  private final MarkFinder marks = new MarkFinder();
  private final FrameReader reader = new FrameReader(this);

  private final long createdAt = Mark.now();

  private @Nullable Handshake handshake = new Handshake();
  private @Nullable Channel channel;
  private State state = State.UPGRADING;
  private int joined;
  private boolean unflushed;

  Peer(
      int number,
      Worker worker,
      Wire wire,
      byte[] request,
      List<String> rooms,
      Load load,
      Observer observer) {
    this.number = number;
    this.worker = worker;
    this.wire = wire;
    this.request = request;
    this.rooms = List.copyOf(rooms);
    this.load = load;
    this.observer = observer;
  }

  int number() {
    return number;
  }

  Worker worker() {
    return worker;
  }

  /// Queues a frame with the template's mark filled in; it leaves when this read is done, or by
  /// [#flush()].
  void send(Template template, long at, int lane) {
    write(worker.writer().frame(template, at, lane));
  }

  void flush() {
    if (unflushed && channel != null) {
      unflushed = false;
      channel.flush();
    }
  }

  /// Says goodbye. The server ends the connection.
  void leave() {
    switch (state) {
      case UPGRADING -> fail("not wanted any more");
      case OPENING, JOINING, READY -> {
        state = State.LEAVING;
        write(worker.writer().frame(FrameReader.CLOSE, NORMAL_CLOSURE));
        flush();
      }
      case LEAVING, CLOSED -> {}
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    var _ =
        context.writeAndFlush(
            context.alloc().buffer(request.length).writeBytes(request), context.voidPromise());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (handshake != null && !upgrade(handshake, bytes)) {
      bytes.release();
    } else {
      reader.read(bytes, context.alloc());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    reader.release();
    end("closed by the server");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause.toString());
  }

  @Override
  public void onFrame(int opcode, ByteBuf bytes, int start, int length) {
    switch (opcode) {
      case FrameReader.TEXT, FrameReader.BINARY -> onMessage(bytes, start, length);
      case FrameReader.PING -> write(worker.writer().frame(FrameReader.PONG, EMPTY));
      case FrameReader.CLOSE -> fail("closed with " + closeText(bytes, start, length));
      default -> {}
    }
  }

  @Override
  public void onViolation(String what) {
    fail("the server sent " + what);
  }

  /// There is no connection.
  void onNotConnected(Throwable cause) {
    end(String.valueOf(cause.getMessage()));
  }

  private void onMessage(ByteBuf bytes, int start, int length) {
    int mark = marks.find(bytes, start, length);
    if (mark >= 0) {
      load.onMarked(this, bytes, start, length, mark);
    } else {
      take(wire.onFrame(bytes.toString(start, length, StandardCharsets.UTF_8)));
    }
  }

  private boolean upgrade(Handshake current, ByteBuf bytes) {
    return switch (current.read(bytes)) {
      case Handshake.Answer.Unfinished() -> false;
      case Handshake.Answer.Refused(String why) -> {
        fail(why);
        yield false;
      }
      case Handshake.Answer.Upgraded() -> {
        handshake = null;
        state = State.OPENING;
        take(wire.onUpgraded());
        yield true;
      }
    };
  }

  private void take(Step step) {
    switch (step) {
      case Step.Opened() -> onOpened();
      case Step.Joined() -> onJoined();
      case Step.Answer(byte[] payload) -> write(worker.writer().frame(FrameReader.TEXT, payload));
      case Step.Refused(String why) -> onRefused(why);
      case Step.Ignored() -> {}
    }
  }

  private void onOpened() {
    if (state == State.OPENING) {
      state = State.JOINING;
      rooms.forEach(room -> write(worker.writer().frame(FrameReader.TEXT, wire.join(room))));
      becomeReadyWhenJoined();
    }
  }

  private void onJoined() {
    joined++;
    becomeReadyWhenJoined();
  }

  private void becomeReadyWhenJoined() {
    if (state == State.JOINING && joined == rooms.size()) {
      state = State.READY;
      worker.tally().count();
      worker.tally().recordLatency(Mark.now() - createdAt);
      observer.onReady(this);
    }
  }

  private void onRefused(String why) {
    if (state == State.READY) {
      worker.tally().refused(why);
    } else {
      fail("refused: " + why);
    }
  }

  private void fail(String why) {
    end(why);
    if (channel != null) {
      var _ = channel.close();
    }
  }

  private void end(String why) {
    State before = state;
    state = State.CLOSED;
    if (before != State.CLOSED) {
      observer.onEnded(this, why, before);
    }
  }

  private void write(ByteBuf frame) {
    if (channel == null) {
      frame.release();
    } else {
      unflushed = true;
      var _ = channel.write(frame, channel.voidPromise());
    }
  }

  private static String closeText(ByteBuf bytes, int start, int length) {
    return length < 2
        ? "no code"
        : bytes.getUnsignedShort(start)
            + " "
            + bytes.toString(start + 2, length - 2, StandardCharsets.UTF_8);
  }

  enum State {
    UPGRADING,
    OPENING,
    JOINING,
    READY,
    LEAVING,
    CLOSED
  }

  /// Who opened the connection.
  interface Observer {
    void onReady(Peer peer);

    /// @param before the state in which the end came; unexpected unless `LEAVING`
    void onEnded(Peer peer, String why, State before);
  }
}
