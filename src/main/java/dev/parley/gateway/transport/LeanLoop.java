package dev.parley.gateway.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the lean connections of one event loop share: the flush at the end of the turn, the batches
/// of the turn, and the inflater. Netty runs tasks after the turn's input, so whatever a turn wrote
/// leaves by one flush per connection; the busier the loop, the more goes with each.
final class LeanLoop {
  private static final FastThreadLocal<@Nullable LeanLoop> OF_THREAD = new FastThreadLocal<>();

  private final EventLoop eventLoop;
  private List<LeanOutput> unflushed = new ArrayList<>();
  private List<LeanOutput> flushing = new ArrayList<>();
  private List<Batch> batches = new ArrayList<>();
  private List<Batch> spent = new ArrayList<>();
  private @Nullable Batch first;
  private @Nullable Inflation inflation;

  private LeanLoop(EventLoop eventLoop) {
    this.eventLoop = eventLoop;
  }

  /// To be called on the loop's own thread.
  static LeanLoop of(EventLoop eventLoop) {
    var loop = OF_THREAD.get();
    if (loop == null || !loop.eventLoop.equals(eventLoop)) {
      loop = new LeanLoop(eventLoop);
      OF_THREAD.set(loop);
    }
    return loop;
  }

  Inflation inflation() {
    if (inflation == null) {
      inflation = new Inflation();
    }
    return inflation;
  }

  /// Flushes an output at the end of this turn, behind what other loops hand over meanwhile: events
  /// that come one right after the other leave together.
  void flushLater(LeanOutput output) {
    if (unflushed.isEmpty()) {
      eventLoop.execute(() -> eventLoop.execute(this::flush));
    }
    unflushed.add(output);
  }

  /// The batch that `tail` becomes with one frame more.
  Batch batch(@Nullable Batch tail, ByteBuf frame) {
    var next = tail == null ? first : tail.after();
    if (next != null && next.endsWith(frame)) {
      return next;
    }
    var batch = new Batch(tail, frame);
    batches.add(batch);
    if (tail == null) {
      first = batch;
    } else {
      tail.after(batch);
    }
    return batch;
  }

  /// What is sent while this runs (a connection became writable) belongs to the next turn.
  private void flush() {
    var outputs = unflushed;
    var done = batches;
    unflushed = flushing;
    batches = spent;
    first = null;
    outputs.forEach(LeanOutput::flush);
    done.forEach(Batch::release);
    outputs.clear();
    done.clear();
    flushing = outputs;
    spent = done;
  }
}
