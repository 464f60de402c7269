package dev.parley.gateway;

import dev.parley.auth.address.IpAddress;
import dev.parley.observe.AccessLog;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/// A request for a connection, from its coming to its answer, which the access log shows.
///
/// @param address whoever counts as its client
/// @param startedAtNanos by [System#nanoTime]
record Visit(HttpServerRequest request, IpAddress address, long startedAtNanos) {
  /// Answers somebody who does not come in.
  void refuse(Refusal refusal) {
    refusal.answer(request);
    onAnswered(refusal.status());
  }

  /// It was answered, by whom ever.
  void onAnswered(int status) {
    if (AccessLog.isOn()) {
      AccessLog.write(
          new AccessLog.Line(
              address.toString(),
              request.method().name(),
              request.uri(),
              status,
              request.response().bytesWritten(),
              Duration.ofNanos(System.nanoTime() - startedAtNanos)));
    }
  }
}
