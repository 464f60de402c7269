package dev.parley.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;

/// What a script is called with, put together one by one.
final class Arguments {
  private final Script script;
  private final byte[] tag;
  private final List<byte[]> arguments = new ArrayList<>();

  /// @param tag the hash tag of the partition
  Arguments(Script script, byte[] tag) {
    this.script = script;
    this.tag = tag;
  }

  @CanIgnoreReturnValue
  Arguments add(byte[] bytes) {
    arguments.add(bytes);
    return this;
  }

  @CanIgnoreReturnValue
  Arguments add(String text) {
    return add(text.getBytes(UTF_8));
  }

  @CanIgnoreReturnValue
  Arguments add(long number) {
    return add(Long.toString(number));
  }

  /// @param aheadMillis by how much the store's time runs ahead of Redis's
  Request toRequest(long aheadMillis) {
    Request request =
        Request.cmd(Command.EVALSHA).arg(script.digest()).arg(1).arg(tag).arg(tag).arg(aheadMillis);
    arguments.forEach(request::arg);
    return request;
  }
}
