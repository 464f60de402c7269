package dev.parley.gateway.transport;

import dev.parley.dialect.OutFrame;
import dev.parley.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection that is the only handler on its channel (besides TLS). Idle, it is this object, its
/// reader and its output: no timer, no queue, no map.
///
/// ```
/// Starting ─start─▶ Open ─close, a close frame─▶ Closing ─answered, 5 s─▶ Ended
///     │               └────────────cut, the socket went──────────────────▶ Ended
///     └ input is held      └ a violation: input is thrown away from there on
/// ```
final class LeanConnection extends ChannelDuplexHandler implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(LeanConnection.class);
  private static final int CLOSE_SECONDS = 5;

  /// Who broke the protocol is not waited for: this is for the close frame to arrive.
  private static final int VIOLATOR_CLOSE_SECONDS = 1;

  private enum Phase {
    STARTING,
    OPEN,
    CLOSING,
    ENDED
  }

  private final Channel channel;
  private final ContextInternal context;
  private final MessageAssembly messages;
  private final FrameReader reader;
  private final LeanOutput output;
  private TransportListener listener = NoListener.INSTANCE;
  private Phase phase = Phase.STARTING;
  private boolean paused;
  private boolean deaf;
  private boolean closeSent;
  private boolean closeReceived;
  private int endCode = CloseFrame.ABNORMAL;
  private long bytesIn;
  private @Nullable ByteBuf held;
  private byte @Nullable [] unanswered;
  private @Nullable ScheduledFuture<?> deadline;

  LeanConnection(
      Channel channel, ContextInternal context, TransportSettings settings, boolean deflates) {
    var loop = LeanLoop.of(channel.eventLoop());
    this.channel = channel;
    this.context = context;
    this.messages =
        new MessageAssembly(
            settings.maxMessageBytes(), settings.fragments(), deflates ? loop.inflation() : null);
    this.reader = new FrameReader(messages);
    this.output = new LeanOutput(channel, loop, deflates);
  }

  /// Takes the socket over; what was read so far comes in a later turn.
  LeanConnection start(Function<Transport, TransportListener> starter) {
    phase = Phase.OPEN;
    listener = starter.apply(this);
    if (!paused) {
      readOn();
    }
    return this;
  }

  @Override
  public void send(SharedFrame frame) {
    if (phase == Phase.OPEN) {
      switch (frame) {
        case WireFrame wire -> output.send(wire);
      }
    }
  }

  @Override
  public void send(OutFrame frame) {
    if (phase == Phase.OPEN) {
      output.send(frame);
    }
  }

  @Override
  public void ping() {
    if (phase == Phase.OPEN) {
      output.sendControl(Opcode.PING, new byte[0]);
    }
  }

  @Override
  public void ping(long number) {
    if (phase == Phase.OPEN) {
      output.sendControl(Opcode.PING, Echo.write(number));
    }
  }

  @Override
  public long unsentBytes() {
    return output.unsentBytes();
  }

  @Override
  public boolean isWritable() {
    return phase == Phase.OPEN && output.isWritable();
  }

  @Override
  public void pause() {
    if (phase == Phase.OPEN) {
      paused = true;
      channel.config().setAutoRead(false);
    }
  }

  @Override
  public void resume() {
    if (paused) {
      paused = false;
      readOn();
    }
  }

  private void readOn() {
    if (held == null) {
      channel.config().setAutoRead(true);
    } else {
      channel.eventLoop().execute(this::readHeld);
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
    return output.bytes();
  }

  @Override
  public void close(CloseCode code, String reason) {
    if (phase == Phase.OPEN) {
      beginClose(CloseFrame.payload(code.code(), reason));
    }
  }

  @Override
  public void cut() {
    if (phase != Phase.ENDED) {
      phase = Phase.CLOSING;
      deaf = true;
      if (output.unsentBytes() > 0) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
      }
      channel.unsafe().close(channel.unsafe().voidPromise());
    }
  }

  private void beginClose(byte[] payload) {
    phase = Phase.CLOSING;
    int seconds = deaf ? VIOLATOR_CLOSE_SECONDS : CLOSE_SECONDS;
    deadline = channel.eventLoop().schedule(this::cut, seconds, TimeUnit.SECONDS);
    output
        .sendLast(payload)
        .addListener(
            (ChannelFuture sent) -> {
              if (sent.isSuccess()) {
                onCloseSent();
              }
            });
    resume();
  }

  /// After a violation the client's answer cannot be understood: then only the end of its input is
  /// waited for, since closing with input unread would destroy the close frame on its way.
  private void onCloseSent() {
    closeSent = true;
    if (closeReceived) {
      endSocket();
    } else if (deaf && channel instanceof DuplexChannel duplex) {
      var _ = duplex.shutdownOutput();
    }
  }

  private void onCloseReceived(int code) {
    endCode = code;
    closeReceived = true;
    deaf = true;
    if (phase == Phase.OPEN) {
      beginClose(CloseFrame.payload(code, ""));
    } else if (closeSent) {
      endSocket();
    }
  }

  private void endSocket() {
    var _ = channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!(msg instanceof ByteBuf bytes)) {
      ReferenceCountUtil.release(msg);
      return;
    }
    bytesIn += bytes.readableBytes();
    if (deaf) {
      bytes.release();
    } else if (paused || held != null || phase == Phase.STARTING) {
      hold(bytes);
    } else {
      read(bytes);
    }
  }

  /// What came in one read with the frame after which we were paused: bounded by Netty's read size.
  private void hold(ByteBuf bytes) {
    held =
        held == null
            ? bytes
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(channel.alloc(), held, bytes);
  }

  private void readHeld() {
    var bytes = held;
    if (bytes != null && !paused) {
      held = null;
      try {
        read(bytes);
      } catch (RuntimeException e) {
        onFault(e);
      }
      if (!paused && phase != Phase.ENDED) {
        channel.config().setAutoRead(true);
      }
    }
  }

  private void read(ByteBuf bytes) {
    var previous = context.beginDispatch();
    try {
      while (!paused && !deaf) {
        var inbound = reader.read(bytes);
        if (inbound == null) {
          break;
        }
        receive(inbound);
      }
    } finally {
      context.endDispatch(previous);
      if (paused && !deaf && bytes.isReadable()) {
        hold(bytes);
      } else {
        bytes.release();
      }
    }
  }

  private void receive(Inbound inbound) {
    switch (inbound) {
      case Inbound.Message(var frame) -> {
        if (phase == Phase.OPEN) {
          listener.onMessage(frame);
        }
      }
      case Inbound.Ping(var payload) -> {
        answerPing(payload);
        onControl();
      }
      case Inbound.Pong(var payload) -> {
        onControl();
        onEcho(payload);
      }
      case Inbound.Fragment() -> onControl();
      case Inbound.Close(int code) -> onCloseReceived(code);
      case Inbound.Violation(var code) -> onViolation(code);
    }
  }

  private void onControl() {
    if (phase == Phase.OPEN) {
      listener.onPong();
    }
  }

  private void onEcho(byte[] payload) {
    OptionalLong number = Echo.read(payload);
    if (phase == Phase.OPEN && number.isPresent()) {
      listener.onEcho(number.getAsLong());
    }
  }

  /// While the client does not read only its latest ping is remembered (RFC 6455 section 5.5.3).
  private void answerPing(byte[] payload) {
    if (phase == Phase.OPEN) {
      if (output.isWritable()) {
        output.sendControl(Opcode.PONG, payload);
      } else {
        unanswered = payload;
      }
    }
  }

  private void onViolation(CloseCode code) {
    deaf = true;
    if (phase == Phase.OPEN) {
      listener.onViolation(code);
    } else if (closeSent) {
      endSocket();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (phase == Phase.OPEN && output.isWritable()) {
      if (unanswered != null) {
        output.sendControl(Opcode.PONG, unanswered);
        unanswered = null;
      }
      context.dispatch(listener, TransportListener::onWritable);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (phase != Phase.ENDED) {
      phase = Phase.ENDED;
      deaf = true;
      if (deadline != null) {
        deadline.cancel(false);
      }
      var told = listener;
      listener = NoListener.INSTANCE;
      context.dispatch(told, ended -> ended.onClosed(endCode));
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (held != null) {
      held.release();
      held = null;
    }
  }

  /// Somebody else closes the channel: the server that it belongs to.
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (phase == Phase.OPEN) {
      phase = Phase.CLOSING;
      deaf = true;
      var _ = output.sendLast(CloseFrame.payload(CloseCode.GOING_AWAY.code(), ""));
    }
    var _ = ctx.close(promise);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ReferenceCountUtil.release(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException || cause instanceof DecoderException) {
      LOG.atDebug().addKeyValue("error", cause.toString()).log("A socket failed");
      cut();
    } else {
      onFault(cause);
    }
  }

  private void onFault(Throwable cause) {
    LOG.atError().setCause(cause).log("A connection failed by a fault of ours");
    deaf = true;
    close(CloseCode.INTERNAL, CloseCode.INTERNAL.reason());
  }
}
