package dev.parley.feed;

import dev.parley.observe.Meters;
import dev.parley.protocol.Envelope;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// An event on its way to the subscribers of several loops, with what it is encoded to.
///
/// Counts the loops that still have to write it; the last one to finish releases the encodings.
/// Used by all of them at once.
public final class Delivery {
  private final Envelope envelope;
  private final AtomicReferenceArray<Encoded<?>> encodings =
      new AtomicReferenceArray<>(Encoding.MAX_SLOTS);
  private final AtomicInteger loops;
  private final AtomicInteger receivers = new AtomicInteger();

  Delivery(Envelope envelope, int loops) {
    this.envelope = envelope;
    this.loops = new AtomicInteger(loops);
  }

  public Envelope envelope() {
    return envelope;
  }

  /// What `encoding` makes of the event, made at the first call.
  @SuppressWarnings("unchecked") // a slot belongs to one encoding
  public <T> T encoded(Encoding<T> encoding) {
    Encoded<T> known = (Encoded<T>) encodings.getAcquire(encoding.slot());
    return known != null ? known.value() : encodeOnce(encoding).value();
  }

  @SuppressWarnings("unchecked")
  private synchronized <T> Encoded<T> encodeOnce(Encoding<T> encoding) {
    Encoded<T> known = (Encoded<T>) encodings.getAcquire(encoding.slot());
    if (known != null) {
      return known;
    }
    Encoded<T> made = new Encoded<>(encoding, encoding.encode(envelope));
    encodings.setRelease(encoding.slot(), made);
    return made;
  }

  /// One loop has written it to all of its subscribers.
  ///
  /// @param receivers how many they were
  void onLoopDone(int receivers, Meters meters) {
    this.receivers.addAndGet(receivers);
    if (loops.decrementAndGet() == 0) {
      meters.fannedOut(this.receivers.get());
      releaseAll();
    }
  }

  private void releaseAll() {
    for (int slot = 0; slot < Encoding.MAX_SLOTS; slot++) {
      Encoded<?> encoded = encodings.getAndSet(slot, null);
      if (encoded != null) {
        encoded.release();
      }
    }
  }

  private record Encoded<T>(Encoding<T> encoding, T value) {
    void release() {
      encoding.release(value);
    }
  }
}
