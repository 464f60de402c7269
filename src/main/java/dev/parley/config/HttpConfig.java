package dev.parley.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where and to whom the server listens.
///
/// @param host the address to listen on
/// @param port the port to listen on; 0: any free one
/// @param allowedOrigins origins whose pages may open a WebSocket or call REST, such as
///   `https://app.example`. In development every origin on this machine may too
/// @param trustedProxies addresses (CIDR) whose `X-Forwarded-For` is believed
/// @param backlog connections that the kernel holds until they are accepted
/// @param handshakeTimeout how long a client may take to send the head of a request
/// @param maxHeaderBytes the head of a request
/// @param maxBodyBytes the body of a REST request
/// @param tls encryption; both files, or neither
public record HttpConfig(
    @Setting(value = "127.0.0.1", production = "0.0.0.0", older = "HOST") String host,
    @Setting(value = "8000", older = "PORT") int port,
    @Setting("") List<String> allowedOrigins,
    @Setting("") List<Cidr> trustedProxies,
    @Setting("4096") int backlog,
    @Setting("10s") Duration handshakeTimeout,
    @Setting("16KiB") int maxHeaderBytes,
    @Setting("1MiB") int maxBodyBytes,
    Tls tls) {

  public HttpConfig {
    allowedOrigins = List.copyOf(allowedOrigins);
    trustedProxies = List.copyOf(trustedProxies);
    Ensure.that("http.host", !host.isBlank(), "an address or a host name");
    Ensure.between("http.port", port, 0, 65_535);
    Ensure.that(
        "http.allowed_origins",
        allowedOrigins.stream().allMatch(HttpConfig::isOrigin),
        "origins without a path, such as https://app.example or http://localhost:3000");
    Ensure.between("http.backlog", backlog, 1, 65_535);
    Ensure.between(
        "http.handshake_timeout", handshakeTimeout, Duration.ofMillis(100), Duration.ofMinutes(5));
    Ensure.bytesBetween("http.max_header_bytes", maxHeaderBytes, 1 << 10, 1 << 20);
    Ensure.bytesBetween("http.max_body_bytes", maxBodyBytes, 1 << 10, 1 << 28);
  }

  private static boolean isOrigin(String text) {
    return text.matches("https?://[^/\\s]+");
  }

  /// TLS. The files are read again when they change.
  ///
  /// @param certificate the chain, PEM
  /// @param key its private key, PEM
  /// @param checkInterval how often the files are looked at
  public record Tls(
      @Setting("") Optional<Path> certificate,
      @Setting("") Optional<Path> key,
      @Setting("30s") Duration checkInterval) {
    public Tls {
      Ensure.between(
          "http.tls.check_interval", checkInterval, Duration.ofMillis(100), Duration.ofDays(1));
      Ensure.that(
          "http.tls.key",
          certificate.isPresent() == key.isPresent(),
          "set together with http.tls.certificate");
    }

    /// Whether the server speaks TLS.
    public boolean isOn() {
      return certificate.isPresent();
    }
  }
}
