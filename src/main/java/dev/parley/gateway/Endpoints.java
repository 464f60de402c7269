package dev.parley.gateway;

import dev.parley.auth.limits.Quota;
import dev.parley.auth.limits.RateLimits;
import dev.parley.config.Config;
import dev.parley.config.DialectConfig;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectLimits;
import dev.parley.dialect.Dialects;
import dev.parley.observe.Meters;
import dev.parley.protocol.SessionEvent.SessionLimits;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The dialects that this node serves, each with its limits. One per node; immutable.
final class Endpoints {
  private final Config config;
  private final RateLimits rates;
  private final Meters meters;
  private final Dialects dialects;
  private final Map<Dialect, Endpoint> endpoints = new HashMap<>();

  Endpoints(Config config, RateLimits rates, Meters meters, InstantSource clock) {
    this.config = config;
    this.rates = rates;
    this.meters = meters;
    this.dialects = new Dialects(limitsOf(config), clock);
    for (Dialect dialect : dialects.all()) {
      endpoints.put(dialect, endpointOf(endpoints.size(), dialect));
    }
  }

  /// The endpoint that a request asks for, by path, query and subprotocols.
  Optional<Endpoint> find(HttpServerRequest request) {
    List<String> offered =
        request.headers().getAll("Sec-WebSocket-Protocol").stream()
            .flatMap(value -> List.of(value.split("\\s*,\\s*")).stream())
            .map(String::strip)
            .toList();
    return namesInQuery(request)
        .flatMap(names -> dialects.find(request.path(), names, offered))
        .flatMap(dialect -> Optional.ofNullable(endpoints.get(dialect)));
  }

  /// Empty if the query cannot be read: nobody is connected by it.
  private static Optional<Set<String>> namesInQuery(HttpServerRequest request) {
    try {
      return Optional.of(request.params().names());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Endpoint endpointOf(int slot, Dialect dialect) {
    return new Endpoint(
        new WireEncoding(slot, dialect, meters.dialect(dialect.name())),
        settingsOf(dialect),
        rates.frames(dialect.name()),
        meters.dialect(dialect.name()),
        dialect.name().equals("native") ? Optional.of(Dialects.CBOR_SUBPROTOCOL) : Optional.empty(),
        dialect.name().equals("nexus"));
  }

  private SessionSettings settingsOf(Dialect dialect) {
    return switch (dialect.name()) {
      case "connect" ->
          settings(config.dialects().connect(), config.dialects().connect().idleTimeout());
      case "workspace" -> settings(config.dialects().workspace(), Duration.ZERO);
      case "aether" -> settings(config.dialects().aether(), Duration.ZERO);
      case "nexus" -> nexus(config.dialects().nexus());
      default -> settings(config.dialects().native_(), Duration.ZERO);
    };
  }

  private SessionSettings nexus(DialectConfig.Nexus nexus) {
    return settings(nexus, nexus.pingInterval(), nexus.pingTimeout(), Duration.ZERO);
  }

  private SessionSettings settings(DialectConfig dialect, Duration idleTimeout) {
    return settings(dialect, config.ws().pingInterval(), config.ws().pingTimeout(), idleTimeout);
  }

  private SessionSettings settings(
      DialectConfig dialect, Duration pingInterval, Duration pingTimeout, Duration idleTimeout) {
    return new SessionSettings(
        config.auth().timeout(),
        config.auth().tokenGrace(),
        config.auth().expiryNotice(),
        pingInterval,
        pingTimeout,
        idleTimeout,
        config.chat().typingTimeout(),
        config.ws().maxUnauthenticatedBytes(),
        config.ws().maxMessageBytes(),
        config.limits().roomsPerConnection(),
        config.limits().unansweredCommands(),
        Quota.perMinute(config.limits().badMessages()),
        Quota.perSecond(config.limits().ephemeral()),
        new OutboxLimits(config.limits().unsentBytes(), config.limits().replayBytes()),
        config.queue(),
        new SessionLimits(
            pingInterval,
            config.store().keysKept(),
            config.ws().maxMessageBytes(),
            dialect.messages(),
            dialect.window(),
            config.limits().roomsPerConnection()));
  }

  private static DialectLimits limitsOf(Config config) {
    return new DialectLimits(
        config.ws().jsonDepth(),
        config.ws().jsonNumberDigits(),
        config.ws().maxMessageBytes(),
        config.limits().roomsPerConnection(),
        config.chat().historyPage());
  }
}
