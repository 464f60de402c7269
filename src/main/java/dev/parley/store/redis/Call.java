package dev.parley.store.redis;

import dev.parley.store.Reply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Something asked of Redis. It is kept until it is answered, and sent again after a lost
/// connection; every script can stand that. Belongs to its link's event loop once it was taken in.
final class Call<R> {
  /// What a call holds besides what it carries.
  private static final int OWN_BYTES = 512;

  private final Message message;
  private final Decoder<R> decoder;
  private final Reply<R> reply;
  private final boolean writes;
  private final long bytes;
  private final long since = System.nanoTime();
  private boolean over;

  /// @param writes whether it may change anything
  /// @param payloadBytes what it carries
  Call(Context asker, boolean writes, long payloadBytes, Message message, Decoder<R> decoder) {
    this.reply = new Reply<>(asker);
    this.writes = writes;
    this.bytes = payloadBytes + OWN_BYTES;
    this.message = message;
    this.decoder = decoder;
  }

  /// What is sent, made anew each time.
  interface Message {
    /// @param life what the connection's store calls its uninterrupted history
    /// @param fresh a name that was never used
    Arguments in(String life, String fresh);
  }

  interface Decoder<R> {
    R decode(@Nullable Response response);
  }

  /// @param aheadMillis by how much the store's time runs ahead of Redis's
  Request request(String life, String fresh, long aheadMillis) {
    return message.in(life, fresh).toRequest(aheadMillis);
  }

  /// Keeps the answer until the call is told.
  void succeed(@Nullable Response response) {
    if (over) {
      return;
    }
    try {
      reply.succeed(decoder.decode(response));
    } catch (RuntimeException e) {
      reply.fail(e);
    }
  }

  void fail(Throwable failure) {
    if (!over) {
      reply.fail(failure);
    }
  }

  /// Its asker was told; whatever comes yet is of no interest.
  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  Reply<R> reply() {
    return reply;
  }

  Future<R> future() {
    return reply.future();
  }

  boolean writes() {
    return writes;
  }

  long bytes() {
    return bytes;
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - since);
  }
}
