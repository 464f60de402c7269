package dev.parley.gateway.transport;

import dev.parley.dialect.OutFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A shared frame and the forms in which connections need it, each made by whoever asks first.
final class WireFrame implements SharedFrame {
  private final OutFrame frame;
  private final AtomicInteger references = new AtomicInteger(1);
  private volatile @Nullable ByteBuf plain;
  private volatile @Nullable ByteBuf deflated;
  private volatile @Nullable String text;

  WireFrame(OutFrame frame) {
    this.frame = frame;
  }

  @Override
  public OutFrame frame() {
    return frame;
  }

  @Override
  public SharedFrame retain() {
    if (references.getAndIncrement() <= 0) {
      throw new IllegalStateException("a shared frame was used after its release");
    }
    return this;
  }

  @Override
  public void release() {
    int left = references.decrementAndGet();
    if (left < 0) {
      throw new IllegalStateException("a shared frame was released too often");
    }
    if (left == 0) {
      free();
    }
  }

  /// The bytes for a connection's socket. They stay this frame's: whoever keeps them beyond the
  /// call retains them.
  ByteBuf wire(boolean deflates) {
    var made = deflates && Deflation.isWorthwhile(frame.payload()) ? deflated : plain;
    return made != null ? made : make(deflates);
  }

  /// The payload as text, for connections that take it no other way.
  String text() {
    var made = text;
    if (made == null) {
      made = new String(frame.payload(), StandardCharsets.UTF_8);
      text = made;
    }
    return made;
  }

  private synchronized ByteBuf make(boolean deflates) {
    if (references.get() <= 0) {
      throw new IllegalStateException("a shared frame was used after its release");
    }
    return deflates && Deflation.isWorthwhile(frame.payload()) ? makeDeflated() : makePlain();
  }

  private ByteBuf makePlain() {
    var made = plain;
    if (made == null) {
      made =
          FrameWriter.write(ByteBufAllocator.DEFAULT, FrameWriter.opcodeOf(frame), frame.payload());
      plain = made;
    }
    return made;
  }

  /// The plain bytes again if deflating does not make them fewer.
  private ByteBuf makeDeflated() {
    var made = deflated;
    if (made == null) {
      var shorter = Deflation.ofThread().frame(ByteBufAllocator.DEFAULT, frame);
      made = shorter != null ? shorter : makePlain().retain();
      deflated = made;
    }
    return made;
  }

  private synchronized void free() {
    if (plain != null) {
      plain.release();
      plain = null;
    }
    if (deflated != null) {
      deflated.release();
      deflated = null;
    }
  }
}
