package dev.parley.gateway;

import dev.parley.protocol.CloseCode;
import java.time.Instant;
import java.util.Optional;

/// How long a session may go on: its token, its heartbeat, its idleness. Pure; asked about once a
/// second.
///
/// ```
/// AWAITING_TOKEN --good token--> ACTIVE --end is near--> NOTICED --exp passed--> EXPIRED
///        |                         ^                        |                       |
///        |                         '------ new token -------+-----------------------'
///        '--> over: no token in time      over: silent for too long, idle, or the grace is over
/// ```
final class Lifetime {
  private enum State {
    AWAITING_TOKEN,
    ACTIVE,
    NOTICED,
    EXPIRED
  }

  /// What is to be done now.
  sealed interface Due {
    record Nothing() implements Due {}

    /// The client is silent: is it there?
    record Ping() implements Due {}

    /// No token came in time.
    record NoToken() implements Due {}

    /// The token ends soon.
    record Notice(Instant expiresAt) implements Due {}

    /// The token ended; the grace begins.
    record TokenExpired() implements Due {}

    record Over(CloseCode code) implements Due {}
  }

  private static final Due NOTHING = new Due.Nothing();
  private static final Due PING = new Due.Ping();
  private static final long NEVER = Long.MAX_VALUE;

  private final SessionSettings settings;
  private State state = State.AWAITING_TOKEN;
  private long deadline;
  private long heardAt;
  private long appliedAt;
  private boolean pinged;

  Lifetime(SessionSettings settings, long now) {
    this.settings = settings;
    this.deadline = now + settings.authTimeout().toMillis();
    this.heardAt = now;
    this.appliedAt = now;
  }

  boolean isAuthenticated() {
    return state != State.AWAITING_TOKEN;
  }

  /// A good token was shown, the first or a newer one.
  void onToken(Optional<Instant> expiresAt) {
    state = State.ACTIVE;
    deadline = expiresAt.map(Instant::toEpochMilli).orElse(NEVER);
  }

  /// A frame of any kind came.
  void onHeard(long now) {
    heardAt = now;
    pinged = false;
  }

  /// An application frame came or went.
  void onApplied(long now) {
    appliedAt = now;
  }

  long heardAt() {
    return heardAt;
  }

  Due onTick(long now) {
    Due token = onToken(now);
    return token instanceof Due.Nothing ? onSilence(now) : token;
  }

  private Due onToken(long now) {
    return switch (state) {
      case AWAITING_TOKEN -> now >= deadline ? new Due.NoToken() : NOTHING;
      case ACTIVE -> now >= deadline - settings.expiryNotice().toMillis() ? notice() : NOTHING;
      case NOTICED -> now >= deadline ? expire(now) : NOTHING;
      case EXPIRED -> now >= deadline ? new Due.Over(CloseCode.TOKEN_EXPIRED) : NOTHING;
    };
  }

  private Due notice() {
    state = State.NOTICED;
    return new Due.Notice(Instant.ofEpochMilli(deadline));
  }

  private Due expire(long now) {
    state = State.EXPIRED;
    deadline = now + settings.tokenGrace().toMillis();
    return new Due.TokenExpired();
  }

  private Due onSilence(long now) {
    long silent = now - heardAt;
    if (silent >= settings.pingTimeout().toMillis() || isIdle(now)) {
      return new Due.Over(CloseCode.GOING_AWAY);
    }
    if (!pinged && silent >= settings.pingInterval().toMillis()) {
      pinged = true;
      return PING;
    }
    return NOTHING;
  }

  private boolean isIdle(long now) {
    long idle = settings.idleTimeout().toMillis();
    return idle > 0 && now - appliedAt >= idle;
  }
}
