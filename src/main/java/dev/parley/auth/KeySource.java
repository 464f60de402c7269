package dev.parley.auth;

import dev.parley.observe.Health;
import io.vertx.core.Future;
import java.util.Optional;

/// Where the keys are that tokens may be signed with.
interface KeySource {
  /// The key for a token. Never fails, and completes on the caller's context.
  ///
  /// @param keyId the token's `kid`; of use only to tell published keys apart
  Future<Found> find(Optional<String> keyId);

  Health health();

  Future<Void> close();

  sealed interface Found {
    record Key(SignatureCheck check) implements Found {}

    /// The issuer has no such key.
    record Unknown() implements Found {}

    /// Nobody can tell now.
    record Unreachable() implements Found {}
  }

  /// The one key that the configuration names.
  record Fixed(Future<Found> key) implements KeySource {
    static Fixed of(SignatureCheck check) {
      return new Fixed(Future.succeededFuture(new Found.Key(check)));
    }

    @Override
    public Future<Found> find(Optional<String> keyId) {
      return key;
    }

    @Override
    public Health health() {
      return Health.HEALTHY;
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
