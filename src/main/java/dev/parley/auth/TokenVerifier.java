package dev.parley.auth;

import dev.parley.auth.KeySource.Found;
import dev.parley.auth.SignatureCheck.Hmac;
import dev.parley.auth.SignatureCheck.Public;
import dev.parley.auth.Verdict.Refused;
import dev.parley.config.AuthConfig;
import dev.parley.observe.Health;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Tells whether a token is good, and whom it names. One is shared by the whole node; any thread
/// may ask, and its answer comes on the caller's context.
///
/// Never blocks: HS256 is checked at once, the slower RS256 and ES256 on a worker thread. Never
/// fails either: whatever a token contains, the answer is a [Verdict].
///
/// ```
/// size → form → alg, crit → key (by kid) → signature → claims: type, time, iss, aud, sub
/// ```
///
/// Nothing of the payload is looked at before the signature is found good.
public final class TokenVerifier {
  private static final int MAX_WAITING = 4_096;
  private static final Duration MAX_FETCH = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final AuthConfig settings;
  private final KeySource keys;
  private final InstantSource clock;
  private final Revocations revocations;
  private final AtomicInteger waiting = new AtomicInteger();

  private TokenVerifier(
      Vertx vertx,
      AuthConfig settings,
      KeySource keys,
      InstantSource clock,
      Revocations revocations) {
    this.revocations = revocations;
    this.vertx = vertx;
    this.settings = settings;
    this.keys = keys;
    this.clock = clock;
  }

  /// Takes the secret, reads the key file, or begins to fetch the keys. A file is read on the
  /// calling thread: call it at start, not on an event loop.
  ///
  /// @param revocations the tokens and users that are not accepted any more
  /// @throws IllegalArgumentException if that is no usable key; the message says why
  public static TokenVerifier open(
      Vertx vertx, AuthConfig settings, InstantSource clock, Revocations revocations) {
    KeySource keys = keys(vertx, settings, System::nanoTime);
    return new TokenVerifier(vertx, settings, keys, clock, revocations);
  }

  static TokenVerifier open(
      Vertx vertx, AuthConfig settings, InstantSource clock, LongSupplier nanoTime) {
    KeySource keys = keys(vertx, settings, nanoTime);
    return new TokenVerifier(vertx, settings, keys, clock, new Revocations());
  }

  private static KeySource keys(Vertx vertx, AuthConfig settings, LongSupplier nanoTime) {
    var algorithm = settings.algorithm();
    if (settings.jwksUrl().isPresent()) {
      var url = settings.jwksUrl().get();
      var fetch = new KeySetFetch(vertx, url, algorithm, MAX_FETCH);
      return new RemoteKeys(vertx, url, settings.jwksRefresh(), fetch, nanoTime);
    }
    if (settings.publicKey().isPresent()) {
      return KeySource.Fixed.of(PublicKeys.read(algorithm, settings.publicKey().get()));
    }
    return settings
        .secret()
        .map(secret -> KeySource.Fixed.of(Hmac.of(secret)))
        .orElseThrow(() -> new IllegalArgumentException("there is no key to check tokens with"));
  }

  /// Judges a token, as it came from whomever.
  public Future<Verdict> verify(String token) {
    if (token.length() > Jws.MAX_LENGTH) {
      return refused(Refusal.TOO_LARGE);
    }
    var parsed = Jws.parse(token);
    if (parsed.isEmpty()) {
      return refused(Refusal.MALFORMED);
    }
    var jws = parsed.get();
    if (!jws.algorithm().equals(settings.algorithm().name())) {
      return refused(Refusal.ALGORITHM);
    }
    if (jws.extended()) {
      return refused(Refusal.EXTENSION);
    }
    return keys.find(jws.keyId()).compose(found -> check(jws, found));
  }

  /// Whether tokens can be checked.
  public Health health() {
    return keys.health();
  }

  public Future<Void> close() {
    return keys.close();
  }

  private Future<Verdict> check(Jws jws, Found found) {
    return switch (found) {
      case Found.Key(Hmac hmac) -> Future.succeededFuture(judge(jws, hmac));
      case Found.Key(Public key) -> judgeOnWorker(jws, key);
      case Found.Unknown _ -> refused(Refusal.UNKNOWN_KEY);
      case Found.Unreachable _ -> refused(Refusal.UNAVAILABLE);
    };
  }

  private Future<Verdict> judgeOnWorker(Jws jws, Public key) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      return refused(Refusal.UNAVAILABLE);
    }
    return vertx
        .executeBlocking(() -> judge(jws, key), false)
        .otherwise(new Refused(Refusal.UNAVAILABLE))
        .onComplete(_ -> waiting.decrementAndGet());
  }

  private Verdict judge(Jws jws, SignatureCheck key) {
    if (!key.verifies(jws.signed(), jws.signature())) {
      return new Refused(Refusal.SIGNATURE);
    }
    return ClaimsReader.read(jws.payload())
        .map(claims -> claims.judge(settings, clock.instant()))
        .map(this::unlessRevoked)
        .orElseGet(() -> new Refused(Refusal.CLAIMS));
  }

  private Verdict unlessRevoked(Verdict verdict) {
    return switch (verdict) {
      case Refused refused -> refused;
      case Verdict.Verified verified ->
          revocations
              .refuse(verified.caller().user(), verified.token())
              .<Verdict>map(Refused::new)
              .orElse(verified);
    };
  }

  private static Future<Verdict> refused(Refusal refusal) {
    return Future.succeededFuture(new Refused(refusal));
  }
}
