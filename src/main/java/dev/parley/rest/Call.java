package dev.parley.rest;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.function.Function;

/// One line of the table: what is asked where, by whom, and who answers.
///
/// @param path with parameters as `:name`
record Call(
    HttpMethod method,
    String path,
    Rights rights,
    Body body,
    Function<Asked, Future<Answer>> handler) {
  /// Whether a call has a JSON object with it.
  enum Body {
    NONE,
    OPTIONAL,
    REQUIRED
  }

  /// As `GET /path/{parameter}`.
  String name() {
    return method.name() + " " + path.replaceAll(":(\\w+)", "{$1}");
  }

  static Call get(String path, Rights rights, Function<Asked, Future<Answer>> handler) {
    return new Call(HttpMethod.GET, path, rights, Body.NONE, handler);
  }

  /// With a body.
  static Call post(String path, Rights rights, Function<Asked, Future<Answer>> handler) {
    return new Call(HttpMethod.POST, path, rights, Body.REQUIRED, handler);
  }

  /// Without one.
  static Call act(
      HttpMethod method, String path, Rights rights, Function<Asked, Future<Answer>> handler) {
    return new Call(method, path, rights, Body.NONE, handler);
  }

  static Call delete(String path, Rights rights, Function<Asked, Future<Answer>> handler) {
    return act(HttpMethod.DELETE, path, rights, handler);
  }
}
