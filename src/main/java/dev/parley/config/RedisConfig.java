package dev.parley.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The shared store, on Redis. It is used instead of the embedded one as soon as `url`, `host` or
/// `sentinels` is set.
///
/// @param url one address for all: `redis://`, or `rediss://` for TLS, with user, password, port
///   and database where they are needed; what it says counts more than the keys below
/// @param host the same in parts: where Redis listens
/// @param port the same in parts
/// @param sentinels `host:port` of each Sentinel; they are asked where the master is
/// @param master what the Sentinels call it
/// @param user the ACL user, on Redis 6 and later; none: the default user
/// @param password of the user
/// @param sentinelPassword the Sentinels' own, if they have one
/// @param database number of the database
/// @param prefix begins all keys; for several servers on one Redis
/// @param ack `master`: a write is acknowledged when Redis has it; `replica`: when a replica has it
///   too
/// @param replicaTimeout how long a replica may take; then the write fails as `UNAVAILABLE`
/// @param timeout how long Redis may take to answer; then the connection is given up and made anew
/// @param inFlight commands of one connection that may be unanswered; more wait
/// @param changesKept how long the change feed is kept at least; at most twice as long
/// @param tls encryption of the connections
public record RedisConfig(
    @Setting(value = "", older = "REDIS_URL") Optional<Secret> url,
    @Setting(value = "", older = "REDIS_HOST") Optional<String> host,
    @Setting(value = "6379", older = "REDIS_PORT") int port,
    @Setting("") List<String> sentinels,
    @Setting("mymaster") String master,
    @Setting("") Optional<String> user,
    @Setting("") Optional<Secret> password,
    @Setting("") Optional<Secret> sentinelPassword,
    @Setting("0") int database,
    @Setting("parley") String prefix,
    @Setting("master") RedisAck ack,
    @Setting("1s") Duration replicaTimeout,
    @Setting("2s") Duration timeout,
    @Setting("1024") int inFlight,
    @Setting("60s") Duration changesKept,
    RedisTls tls) {

  public RedisConfig {
    sentinels = List.copyOf(sentinels);
    Ensure.that(
        "store.redis.url",
        url.isEmpty() || isAddress(url.get().value()),
        "an address such as redis://user:password@host:6379/0 or rediss://host");
    Ensure.that("store.redis.host", host.isEmpty() || !host.get().contains("/"), "a host name");
    Ensure.between("store.redis.port", port, 1, 65_535);
    Ensure.that(
        "store.redis.sentinels",
        sentinels.stream().allMatch(s -> s.matches("(\\[[^\\]]+]|[^\\s/:]+):\\d{1,5}")),
        "a list of host:port");
    Ensure.that("store.redis.master", !master.isBlank(), "a name");
    Ensure.that(
        "store.redis.user",
        user.isEmpty() || password.isPresent(),
        "set together with store.redis.password");
    Ensure.between("store.redis.database", database, 0, 1_000_000);
    Ensure.that(
        "store.redis.prefix", prefix.matches("[A-Za-z0-9_.-]{1,64}"), "letters, digits, _ . or -");
    Ensure.between(
        "store.redis.replica_timeout",
        replicaTimeout,
        Duration.ofMillis(10),
        Duration.ofSeconds(30));
    Ensure.between("store.redis.timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    Ensure.that(
        "store.redis.timeout",
        ack == RedisAck.MASTER || timeout.compareTo(replicaTimeout) > 0,
        "longer than store.redis.replica_timeout");
    Ensure.between("store.redis.in_flight", inFlight, 1, 65_536);
    Ensure.between(
        "store.redis.changes_kept", changesKept, Duration.ofSeconds(10), Duration.ofHours(24));
  }

  /// Whether the shared store is used.
  public boolean isOn() {
    return url.isPresent() || host.isPresent() || !sentinels.isEmpty();
  }

  private static boolean isAddress(String text) {
    try {
      URI address = URI.create(text);
      return ("redis".equals(address.getScheme()) || "rediss".equals(address.getScheme()))
          && address.getHost() != null
          && address.getPath().matches("(/\\d{0,7})?");
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// TLS to Redis and the Sentinels. `rediss://` turns it on too.
  ///
  /// @param enabled whether it is used
  /// @param ca the authorities that may have signed the server's certificate, PEM; if not set,
  ///   those of the Java runtime
  /// @param certificate our own chain, PEM, if Redis asks for one
  /// @param key its private key, PEM
  public record RedisTls(
      @Setting("false") boolean enabled,
      @Setting("") Optional<Path> ca,
      @Setting("") Optional<Path> certificate,
      @Setting("") Optional<Path> key) {
    public RedisTls {
      Ensure.that(
          "store.redis.tls.key",
          certificate.isPresent() == key.isPresent(),
          "set together with store.redis.tls.certificate");
    }
  }
}
