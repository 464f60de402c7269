package dev.parley.browser;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.parley.browser.DevTools.DevToolsException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// One page of a browser, with the keyboard's focus and in sight, as far as it can tell.
final class Tab implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "browser");

  private final DevTools tools;
  private final String context;
  private final String session;
  private final Duration deadline;
  private final List<String> problems = new CopyOnWriteArrayList<>();

  Tab(DevTools tools, String context, Duration deadline) {
    this.tools = tools;
    this.context = context;
    this.deadline = deadline;
    String target =
        tools
            .call(
                "Target.createTarget",
                new JsonObject().put("url", "about:blank").put("browserContextId", context),
                deadline)
            .getString("targetId");
    session =
        tools
            .call(
                "Target.attachToTarget",
                new JsonObject().put("targetId", target).put("flatten", true),
                deadline)
            .getString("sessionId");
    tools.listen(session, this::onEvent);
    call("Runtime.enable");
    call("Log.enable");
    call("Page.enable");
    call("Emulation.setFocusEmulationEnabled", "enabled", true);
    resize(1280, 800);
  }

  // What it shows --------------------------------------------------------------------------------

  void go(String url) {
    JsonObject answer = call("Page.navigate", "url", url);
    if (answer.containsKey("errorText")) {
      throw new DevToolsException(url + ": " + answer.getString("errorText"), null);
    }
    await("document.readyState === 'complete' && location.href.startsWith(" + quote(url) + ")");
  }

  void reload() {
    evaluate("globalThis.before = true");
    call("Page.reload");
    await("document.readyState === 'complete' && !globalThis.before");
  }

  void resize(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        new JsonObject()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 600));
  }

  /// What the user prefers, such as `prefers-color-scheme`.
  void prefer(String feature, String value) {
    var features = new JsonArray().add(new JsonObject().put("name", feature).put("value", value));
    call("Emulation.setEmulatedMedia", "features", features);
  }

  /// Kept in `target/browser` for whoever wants to see.
  Path screenshot(String name) {
    byte[] png =
        Base64.getDecoder()
            .decode(call("Page.captureScreenshot", "format", "png").getString("data"));
    try {
      Files.createDirectories(SCREENSHOTS);
      return Files.write(SCREENSHOTS.resolve(name + ".png"), png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // What is in it --------------------------------------------------------------------------------

  /// The value of an expression, awaited if it is a promise.
  ///
  /// @return what JSON can hold of it; empty for null and undefined
  @CanIgnoreReturnValue
  Optional<Object> evaluate(String expression) {
    JsonObject answer =
        call(
            "Runtime.evaluate",
            new JsonObject()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (answer.containsKey("exceptionDetails")) {
      throw new DevToolsException(textOf(answer.getJsonObject("exceptionDetails")), null);
    }
    return Optional.ofNullable(answer.getJsonObject("result").getValue("value"));
  }

  boolean holds(String condition) {
    return evaluate("Boolean(" + condition + ")").equals(Optional.of(true));
  }

  String text(String expression) {
    return evaluate(expression).map(Object::toString).orElse("");
  }

  int number(String expression) {
    return ((Number) evaluate(expression).orElseThrow()).intValue();
  }

  /// Waits until an expression is true, also across a reload.
  void await(String condition) {
    Instant end = Instant.now().plus(deadline);
    while (true) {
      Duration left = Duration.between(Instant.now(), end);
      try {
        evaluate(until(condition, Math.max(1, left.toMillis() - 1000)));
        return;
      } catch (DevToolsException e) {
        boolean navigated =
            Objects.toString(e.getMessage()).matches(".*(navigated|destroyed|context).*");
        if (!navigated || left.isNegative()) {
          throw new AssertionError(
              "never came true: %s%nproblems: %s%npage: %s"
                  .formatted(condition, problems, text("document.body.innerText")),
              e);
        }
      }
    }
  }

  /// Settles when the condition holds; looks again at every change of the page.
  private static String until(String condition, long millis) {
    return """
    new Promise((resolve, reject) => {
      const holds = () => { try { return Boolean(%1$s); } catch { return false; } };
      if (holds()) { resolve(); return; }
      const again = () => { if (holds()) { stop(); resolve(); } };
      const observer = new MutationObserver(again);
      const timer = setInterval(again, 50);
      const end = setTimeout(() => { stop(); reject(new Error('too late')); }, %2$d);
      const stop = () => { observer.disconnect(); clearInterval(timer); clearTimeout(end); };
      observer.observe(document, {
        subtree: true, childList: true, attributes: true, characterData: true,
      });
    })\
    """
        .formatted(condition, millis);
  }

  // What is done with it -------------------------------------------------------------------------

  /// Presses the left button in the middle of an element.
  void click(String selector) {
    await("document.querySelector(" + quote(selector) + ")?.checkVisibility()");
    String at =
        text(
            """
            (() => {
              const element = document.querySelector(%s);
              element.scrollIntoView({ block: 'nearest' });
              const box = element.getBoundingClientRect();
              return `${box.x + box.width / 2} ${box.y + box.height / 2}`;
            })()\
            """
                .formatted(quote(selector)));
    List<String> point = List.of(at.split(" "));
    for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          new JsonObject()
              .put("type", type)
              .put("x", Double.parseDouble(point.getFirst()))
              .put("y", Double.parseDouble(point.getLast()))
              .put("button", type.equals("mouseMoved") ? "none" : "left")
              .put("clickCount", type.equals("mouseMoved") ? 0 : 1));
    }
  }

  void focus(String selector) {
    evaluate("document.querySelector(" + quote(selector) + ").focus()");
  }

  /// Types where the focus is.
  void type(String text) {
    call("Input.insertText", "text", text);
  }

  /// Presses a key where the focus is.
  void press(Key key) {
    press(key, 0);
  }

  void pressWithShift(Key key) {
    press(key, 8);
  }

  private void press(Key key, int modifiers) {
    for (String type : List.of("keyDown", "keyUp")) {
      var event =
          new JsonObject()
              .put("type", type)
              .put("key", key.key())
              .put("code", key.key())
              .put("modifiers", modifiers)
              .put("windowsVirtualKeyCode", key.code());
      if (key == Key.ENTER && type.equals("keyDown")) {
        event.put("text", "\r");
      }
      call("Input.dispatchKeyEvent", event);
    }
  }

  // What goes wrong in it ------------------------------------------------------------------------

  /// Errors and warnings since the last call: uncaught exceptions, what scripts wrote, failed
  /// requests, contents that the policy refused.
  List<String> takeProblems() {
    evaluate("0"); // what the page reported before this has arrived when it is answered
    List<String> taken = List.copyOf(problems);
    problems.clear();
    return taken;
  }

  private void onEvent(JsonObject event) {
    JsonObject params = event.getJsonObject("params", new JsonObject());
    switch (event.getString("method", "")) {
      case "Runtime.exceptionThrown" ->
          problems.add(textOf(params.getJsonObject("exceptionDetails")));
      case "Runtime.consoleAPICalled" -> {
        if (List.of("error", "warning", "assert").contains(params.getString("type"))) {
          problems.add("console: " + params.getJsonArray("args").encode());
        }
      }
      case "Log.entryAdded" -> {
        JsonObject entry = params.getJsonObject("entry");
        if (List.of("error", "warning").contains(entry.getString("level"))) {
          problems.add(entry.getString("source") + ": " + entry.getString("text"));
        }
      }
      default -> {}
    }
  }

  private static String textOf(JsonObject exception) {
    JsonObject thrown = exception.getJsonObject("exception", new JsonObject());
    return thrown.getString("description", exception.getString("text", "exception"));
  }

  @Override
  public void close() {
    tools.forget(session);
    tools.call(
        "Target.disposeBrowserContext",
        new JsonObject().put("browserContextId", context),
        deadline);
  }

  static String quote(String text) {
    return Json.encode(text);
  }

  @CanIgnoreReturnValue
  private JsonObject call(String method) {
    return call(method, new JsonObject());
  }

  @CanIgnoreReturnValue
  private JsonObject call(String method, String name, @Nullable Object value) {
    return call(method, new JsonObject().put(name, value));
  }

  @CanIgnoreReturnValue
  private JsonObject call(String method, JsonObject params) {
    return tools.call(session, method, params, deadline);
  }

  /// Keys that are more than a letter.
  enum Key {
    ENTER("Enter", 13),
    ESCAPE("Escape", 27),
    TAB("Tab", 9),
    UP("ArrowUp", 38),
    DOWN("ArrowDown", 40),
    RIGHT("ArrowRight", 39),
    DELETE("Delete", 46);

    private final String key;
    private final int code;

    Key(String key, int code) {
      this.key = key;
      this.code = code;
    }

    String key() {
      return key;
    }

    int code() {
      return code;
    }
  }
}
