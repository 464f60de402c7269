package dev.parley.config;

/// The one signature that a token may have; the token's own `alg` is never believed.
public enum Algorithm {
  HS256,
  RS256,
  ES256
}
