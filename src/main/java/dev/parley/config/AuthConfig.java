package dev.parley.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// How tokens are verified: by one of secret, public key and JWKS. If none is given, the loader
/// makes up a secret in development, and production does not start.
///
/// @param secret the key of HS256 tokens; at least 32 bytes in production
/// @param publicKey file with the public key (PEM) of RS256 or ES256 tokens
/// @param jwksUrl where the public keys are published; `https`, or `http` on this machine
/// @param algorithm the one signature that tokens may have. If not set: HS256 with a secret, RS256
///   with a public key or JWKS
/// @param issuer what `iss` must be; not checked if not set
/// @param audience what `aud` must contain; not checked if not set
/// @param leeway by how much clocks may differ
/// @param timeout how long a connection may take to authenticate
/// @param tokenGrace how long a connection lives on after its token ended
/// @param expiryNotice how long before the end of its token a native client gets `session.expiring`
/// @param jwksRefresh how long fetched keys are used before they are fetched again
public record AuthConfig(
    @Setting(
            value = "",
            older = {"JWT_SECRET_KEY", "SECRET_KEY"})
        Optional<Secret> secret,
    @Setting("") Optional<Path> publicKey,
    @Setting("") Optional<URI> jwksUrl,
    @Setting("") Algorithm algorithm,
    @Setting("") Optional<String> issuer,
    @Setting("") Optional<String> audience,
    @Setting("30s") Duration leeway,
    @Setting("10s") Duration timeout,
    @Setting("30s") Duration tokenGrace,
    @Setting("60s") Duration expiryNotice,
    @Setting("10m") Duration jwksRefresh) {

  /// What HS256 asks of its key.
  public static final int STRONG_KEY_BYTES = 32;

  public AuthConfig {
    long keys = Stream.of(secret, publicKey, jwksUrl).filter(Optional::isPresent).count();
    Ensure.that(
        "auth.secret", keys <= 1, "the only one of auth.secret, auth.public_key, auth.jwks_url");
    Ensure.that(
        "auth.secret",
        secret.isEmpty() || !secret.get().value().contains("-----BEGIN"),
        "a secret that only servers know; a public key's file belongs in auth.public_key");
    Ensure.that(
        "auth.jwks_url",
        jwksUrl.isEmpty() || isSafe(jwksUrl.get()),
        "an https address, or http on this machine");
    Ensure.that(
        "auth.algorithm",
        (algorithm == Algorithm.HS256) == (publicKey.isEmpty() && jwksUrl.isEmpty()),
        secret.isPresent() ? "HS256 with auth.secret" : "RS256 or ES256 with a public key");
    Ensure.between("auth.leeway", leeway, Duration.ZERO, Duration.ofMinutes(10));
    Ensure.between("auth.timeout", timeout, Duration.ofMillis(50), Duration.ofMinutes(10));
    Ensure.between("auth.token_grace", tokenGrace, Duration.ZERO, Duration.ofHours(1));
    Ensure.between("auth.expiry_notice", expiryNotice, Duration.ZERO, Duration.ofHours(1));
    Ensure.between("auth.jwks_refresh", jwksRefresh, Duration.ofSeconds(1), Duration.ofDays(7));
  }

  /// Whether what tokens are verified with is good enough for production.
  public boolean hasStrongKey() {
    return publicKey.isPresent()
        || jwksUrl.isPresent()
        || secret.filter(key -> key.bytes() >= STRONG_KEY_BYTES).isPresent();
  }

  /// The same with this HS256 key in place of whatever was configured.
  public AuthConfig withSecret(Secret key) {
    return new AuthConfig(
        Optional.of(key),
        Optional.empty(),
        Optional.empty(),
        Algorithm.HS256,
        issuer,
        audience,
        leeway,
        timeout,
        tokenGrace,
        expiryNotice,
        jwksRefresh);
  }

  private static boolean isSafe(URI url) {
    var host = url.getHost();
    return host != null
        && url.getRawUserInfo() == null
        && ("https".equals(url.getScheme())
            || ("http".equals(url.getScheme())
                && host.matches("localhost|127(\\.\\d{1,3}){3}|\\[::1]")));
  }
}
