package dev.parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;

/// Somebody who calls. Every answer is compared with its description.
public record Rest(int port, Map<String, String> headers) {
  /// The calls that were answered well so far, by whomever.
  static final Set<String> ANSWERED = new ConcurrentSkipListSet<>();

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  public Rest(int port) {
    this(port, Map.of("Content-Type", "application/json"));
  }

  public Rest as(String token) {
    return with("Authorization", "Bearer " + token);
  }

  public Rest with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Rest(port, more);
  }

  public Rest without(String name) {
    Map<String, String> fewer = new TreeMap<>(headers);
    fewer.remove(name);
    return new Rest(port, fewer);
  }

  public Answered get(String path) {
    return call("GET", path, Optional.empty());
  }

  public Answered delete(String path) {
    return call("DELETE", path, Optional.empty());
  }

  public Answered put(String path) {
    return call("PUT", path, Optional.empty());
  }

  public Answered post(String path) {
    return call("POST", path, Optional.empty());
  }

  public Answered post(String path, JsonObject body) {
    return call("POST", path, Optional.of(body.encode()));
  }

  public Answered call(String method, String path, Optional<String> body) {
    Answered answered = ask(method, path, body);
    String plain = path.split("\\?", 2)[0];
    OpenApi.DESCRIPTION
        .find(method, plain)
        .ifPresent(call -> assertDescribed(call, method + " " + path, answered));
    return answered;
  }

  /// Without a look at the description.
  public Answered ask(String method, String path, Optional<String> body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, body.map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()));
    headers.forEach(request::header);
    try {
      return new Answered(HTTP.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void assertDescribed(String call, String request, Answered answered) {
    Optional<JsonObject> response = OpenApi.DESCRIPTION.response(call, answered.status());
    assertThat(response)
        .as("%s is described with %d: %s", request, answered.status(), answered.text())
        .isPresent();
    assertThat(
            OpenApi.DESCRIPTION.faults(
                OpenApi.json(response.get()).getJsonObject("schema"), answered.value()))
        .as("%s → %s", request, answered.text())
        .isEmpty();
    if (answered.status() < 300) {
      ANSWERED.add(call);
    }
  }

  public record Answered(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String text() {
      return response.body();
    }

    public Object value() {
      return Json.decodeValue(text());
    }

    public JsonObject json() {
      return new JsonObject(text());
    }

    public JsonArray array() {
      return new JsonArray(text());
    }

    /// What `connect` wraps.
    public JsonObject data() {
      return json().getJsonObject("data");
    }

    public Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    /// The part that tells of the error, in either shape.
    public JsonObject error() {
      return json().getValue("error") instanceof JsonObject inner ? inner : json();
    }
  }
}
