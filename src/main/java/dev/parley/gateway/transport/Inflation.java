package dev.parley.gateway.transport;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Inflates whole messages that were deflated without context takeover (RFC 7692 section 7.2.2), so
/// that one serves all connections of an event loop. Never gives room to more than the limit: what
/// does not fit into its scratch is inflated twice, first only to be measured.
final class Inflation {
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
  private static final int SCRATCH_BYTES = 16 * 1024;

  /// What became of a message.
  sealed interface Result {}

  record Inflated(byte[] payload) implements Result {}

  /// It would be larger than the limit.
  record TooLarge() implements Result {}

  /// It is not deflated data.
  record Corrupt() implements Result {}

  private final Inflater inflater = new Inflater(true);
  private final byte[] scratch = new byte[SCRATCH_BYTES];

  Result inflate(byte[] deflated, int maxBytes) {
    try {
      int size = measure(deflated, maxBytes);
      if (size > maxBytes) {
        return new TooLarge();
      }
      return new Inflated(
          size <= scratch.length ? Arrays.copyOf(scratch, size) : inflateTo(deflated, size));
    } catch (DataFormatException _) {
      return new Corrupt();
    }
  }

  /// The inflated size, or any size above the limit; if it fits, the scratch holds the content.
  private int measure(byte[] deflated, int maxBytes) throws DataFormatException {
    begin(deflated);
    boolean tailGiven = false;
    int size = 0;
    while (size <= maxBytes) {
      int from = size < scratch.length ? size : 0;
      int part = inflater.inflate(scratch, from, scratch.length - from);
      size += part;
      if (part == 0) {
        if (inflater.needsDictionary()) {
          throw new DataFormatException("a preset dictionary");
        }
        if (tailGiven || inflater.finished()) {
          break;
        }
        inflater.setInput(TAIL);
        tailGiven = true;
      }
    }
    return size;
  }

  private byte[] inflateTo(byte[] deflated, int size) throws DataFormatException {
    begin(deflated);
    byte[] payload = new byte[size];
    int done = inflater.inflate(payload, 0, size);
    if (done < size) {
      inflater.setInput(TAIL);
      done += inflater.inflate(payload, done, size - done);
    }
    if (done != size) {
      throw new DataFormatException("a size that changed");
    }
    return payload;
  }

  private void begin(byte[] deflated) {
    inflater.reset();
    inflater.setInput(deflated);
  }
}
