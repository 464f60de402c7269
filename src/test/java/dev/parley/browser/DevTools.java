package dev.parley.browser;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connection to a browser's DevTools protocol. Calls block and may come from any thread; events
/// are handed out on the connection's own thread, where no call may be made.
final class DevTools implements AutoCloseable, WebSocket.Listener {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> pending = new ConcurrentHashMap<>();
  private final Map<String, Consumer<JsonObject>> listeners = new ConcurrentHashMap<>();
  private final StringBuilder partial = new StringBuilder();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;

  DevTools(URI address) {
    socket =
        client
            .newWebSocketBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .buildAsync(address, this)
            .join();
  }

  /// A command to the browser itself.
  @CanIgnoreReturnValue
  JsonObject call(String method, JsonObject params, Duration timeout) {
    return call(new JsonObject().put("method", method).put("params", params), timeout);
  }

  /// A command to one page.
  ///
  /// @throws DevToolsException if the browser refuses, or the page goes away meanwhile
  @CanIgnoreReturnValue
  JsonObject call(String session, String method, JsonObject params, Duration timeout) {
    return call(
        new JsonObject().put("sessionId", session).put("method", method).put("params", params),
        timeout);
  }

  private JsonObject call(JsonObject command, Duration timeout) {
    int id = lastId.incrementAndGet();
    var answer = new CompletableFuture<JsonObject>();
    pending.put(id, answer);
    try {
      send(command.put("id", id).encode());
      return resultOf(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw new DevToolsException("no answer to " + command.getString("method"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevToolsException("interrupted", e);
    } catch (ExecutionException e) {
      throw new DevToolsException("connection to the browser lost", e);
    } finally {
      pending.remove(id);
    }
  }

  /// The socket takes one text at a time.
  private synchronized void send(String text) {
    socket.sendText(text, true).join();
  }

  private static JsonObject resultOf(JsonObject answer) {
    if (answer.containsKey("error")) {
      throw new DevToolsException(answer.getJsonObject("error").getString("message"), null);
    }
    return answer.getJsonObject("result", new JsonObject());
  }

  /// Hands out the events of one page.
  void listen(String session, Consumer<JsonObject> listener) {
    listeners.put(session, listener);
  }

  void forget(String session) {
    listeners.remove(session);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    partial.append(text);
    if (last) {
      String message = partial.toString();
      partial.setLength(0);
      onMessage(new JsonObject(message));
    }
    from.request(1);
    return null;
  }

  private void onMessage(JsonObject message) {
    Integer id = message.getInteger("id");
    CompletableFuture<JsonObject> answer = id == null ? null : pending.get(id);
    if (answer != null) {
      answer.complete(message);
    } else {
      listeners.getOrDefault(message.getString("sessionId", ""), _ -> {}).accept(message);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    onError(from, new IllegalStateException("closed " + code));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    pending.values().forEach(answer -> answer.completeExceptionally(error));
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }

  /// The browser refused a command, or is gone.
  static final class DevToolsException extends RuntimeException {
    DevToolsException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
