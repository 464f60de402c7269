package dev.parley.gateway.transport;

import io.vertx.core.http.HttpServerOptions;

/// What an HTTP server must be set to for both transports.
final class ServerSettings {
  static final int CLOSE_SECONDS = 5;

  /// A client that stops reading otherwise pins megabytes of kernel memory.
  private static final int SEND_BUFFER_BYTES = 64 * 1024;

  private ServerSettings() {}

  static HttpServerOptions apply(HttpServerOptions options, int maxMessageBytes) {
    return options
        .setStrictThreadMode(true)
        .setHttp2ClearTextEnabled(false)
        .setSendBufferSize(SEND_BUFFER_BYTES)
        .setTcpNoDelay(true)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(maxMessageBytes)
        .setMaxWebSocketMessageSize(maxMessageBytes)
        .setWebSocketClosingTimeout(CLOSE_SECONDS);
  }
}
