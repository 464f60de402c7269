package dev.parley.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.config.RedisConfig;
import dev.parley.config.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Optional;

/// Where a server listens, and as whom it is spoken to.
record Address(
    String host,
    int port,
    boolean tls,
    Optional<String> user,
    Optional<String> password,
    int database) {
  private static final int DEFAULT_PORT = 6379;

  /// The server that `url` names, or else `host` and `port`.
  static Address of(RedisConfig config) {
    Address parts =
        new Address(
            config.host().orElse("localhost"),
            config.port(),
            config.tls().enabled(),
            config.user(),
            config.password().map(Secret::value),
            config.database());
    return config.url().map(url -> parts.with(URI.create(url.value()))).orElse(parts);
  }

  /// A Sentinel, or the master that one named: `host:port`.
  Address at(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    int itsPort = Integer.parseInt(hostAndPort.substring(colon + 1));
    return new Address(hostAndPort.substring(0, colon), itsPort, tls, user, password, database);
  }

  Address as(Optional<String> name, Optional<String> secret) {
    return new Address(host, port, tls, name, secret, database);
  }

  Address inDatabase(int number) {
    return new Address(host, port, tls, user, password, number);
  }

  /// What an URL leaves out is as it was.
  private Address with(URI url) {
    Optional<String> info = Optional.ofNullable(url.getRawUserInfo());
    String path = url.getPath().replace("/", "");
    return new Address(
        url.getHost(),
        url.getPort() < 0 ? DEFAULT_PORT : url.getPort(),
        tls || url.getScheme().equals("rediss"),
        info.map(text -> text.split(":", 2)[0]).filter(name -> !name.isEmpty()).or(() -> user),
        info.filter(text -> text.contains(":"))
            .map(text -> URLDecoder.decode(text.substring(text.indexOf(':') + 1), UTF_8))
            .or(() -> password),
        path.isEmpty() ? database : Integer.parseInt(path));
  }

  /// For the client; holds no password. A Sentinel knows no databases, not even by number 0.
  String url() {
    String shown = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return (tls ? "rediss://" : "redis://")
        + shown
        + ":"
        + port
        + (database == 0 ? "" : "/" + database);
  }

  /// For people.
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
