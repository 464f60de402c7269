package dev.parley.gateway.transport;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/// The client's half of the opening handshake, judged (RFC 6455 section 4.2.1).
sealed interface Handshake {
  String VERSION = "13";

  /// @param accept the value of `Sec-WebSocket-Accept`
  record Valid(String accept) implements Handshake {}

  record Refused(int status, String reason) implements Handshake {
    /// Answers the request.
    <T> Future<T> answer(HttpServerRequest request) {
      var response = Protection.of(request).setStatusCode(status);
      if (status == 426) {
        response
            .putHeader(HttpHeaders.UPGRADE, "websocket")
            .putHeader(HttpHeaders.CONNECTION, "Upgrade")
            .putHeader("Sec-WebSocket-Version", VERSION);
      }
      return response
          .end(reason)
          .transform(_ -> Future.failedFuture(new HandshakeRefusedException(status, reason)));
    }
  }

  static Handshake of(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_1_1 || !HttpMethod.GET.equals(request.method())) {
      return new Refused(400, "A WebSocket handshake is a GET of HTTP/1.1");
    }
    return of(request.headers());
  }

  static Handshake of(MultiMap headers) {
    if (!names(headers, "Upgrade", "websocket") || !names(headers, "Connection", "upgrade")) {
      return new Refused(400, "The request asks for no upgrade to WebSocket");
    }
    if (hasBody(headers)) {
      return new Refused(400, "A WebSocket handshake has no body");
    }
    if (!headers.getAll("Sec-WebSocket-Version").equals(List.of(VERSION))) {
      return new Refused(426, "The WebSocket version must be 13");
    }
    var keys = headers.getAll("Sec-WebSocket-Key");
    return keys.size() == 1 && isKey(keys.getFirst().strip())
        ? new Valid(accept(keys.getFirst().strip()))
        : new Refused(400, "Sec-WebSocket-Key must be 16 bytes in base64");
  }

  private static boolean names(MultiMap headers, String header, String token) {
    return headers.getAll(header).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .anyMatch(value -> value.strip().equalsIgnoreCase(token));
  }

  private static boolean hasBody(MultiMap headers) {
    return headers.contains(HttpHeaders.TRANSFER_ENCODING)
        || headers.getAll(HttpHeaders.CONTENT_LENGTH).stream().anyMatch(l -> !l.equals("0"));
  }

  private static boolean isKey(String key) {
    try {
      return key.length() == 24 && Base64.getDecoder().decode(key).length == 16;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static String accept(String key) {
    try {
      var text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
      var sha1 = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder()
          .encodeToString(sha1.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
