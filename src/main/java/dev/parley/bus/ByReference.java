package dev.parley.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/// Hands immutable records over within a node as they are. They never leave it: their addresses are
/// local.
final class ByReference<T> implements MessageCodec<T, T> {
  private final String name;

  ByReference(Class<T> type) {
    this.name = "parley." + type.getSimpleName();
  }

  @Override
  public void encodeToWire(Buffer buffer, T message) {
    throw new IllegalStateException(name + " is local to its node");
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    throw new IllegalStateException(name + " is local to its node");
  }

  @Override
  public T transform(T message) {
    return message;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
