package dev.parley.gateway;

import dev.parley.config.HttpConfig;
import dev.parley.gateway.transport.Upgrader;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listening port, which all loops share, and its certificate.
final class Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final int IDLE_SECONDS = 60;

  private final HttpConfig config;
  private final int maxMessageBytes;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private long certificateOf;

  Listener(HttpConfig config, int maxMessageBytes) {
    this.config = config;
    this.maxMessageBytes = maxMessageBytes;
    this.certificateOf = lastChange();
  }

  HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setAcceptBacklog(config.backlog())
            .setMaxHeaderSize(config.maxHeaderBytes())
            .setIdleTimeout(IDLE_SECONDS)
            .setCompressionSupported(true);
    if (config.tls().isOn()) {
      options.setSsl(true).setKeyCertOptions(certificate());
    }
    return Upgrader.prepare(options, maxMessageBytes);
  }

  Duration handshakeTimeout() {
    return config.handshakeTimeout();
  }

  void onListening(HttpServer server) {
    servers.add(server);
  }

  /// The port listened on, once listening.
  int port() {
    return servers.getFirst().actualPort();
  }

  /// Takes up a certificate that was replaced; connections that are open keep theirs. A bad one is
  /// reported, and the old one stays. Looks at files: not for an event loop.
  void reloadCertificate() {
    long changed = lastChange();
    if (changed == certificateOf) {
      return;
    }
    certificateOf = changed;
    for (HttpServer server : servers) {
      server
          .updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(certificate()), true)
          .onSuccess(_ -> LOG.info("the certificate was taken up anew"))
          .onFailure(
              failure ->
                  LOG.atError()
                      .addKeyValue("error", failure.getMessage())
                      .log("the new certificate cannot be used; the old one stays"));
    }
  }

  private PemKeyCertOptions certificate() {
    return new PemKeyCertOptions()
        .setCertPath(config.tls().certificate().map(Path::toString).orElseThrow())
        .setKeyPath(config.tls().key().map(Path::toString).orElseThrow());
  }

  private long lastChange() {
    return Stream.of(config.tls().certificate(), config.tls().key())
        .flatMap(Optional::stream)
        .map(Path::toFile)
        .mapToLong(File::lastModified)
        .sum();
  }
}
