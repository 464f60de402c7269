package dev.parley.gateway;

import dev.parley.auth.Refusal;
import dev.parley.auth.Revocations;
import dev.parley.auth.TokenVerifier;
import dev.parley.auth.Verdict;
import dev.parley.auth.address.IpAddress;
import dev.parley.auth.limits.ConnectionCounter;
import dev.parley.auth.limits.ConnectionCounter.Opening;
import dev.parley.auth.limits.RateLimits;
import dev.parley.protocol.ConnectionCommand;
import dev.parley.protocol.ConnectionCommand.ProbeAddress;
import dev.parley.protocol.ConnectionCommand.ProbeUser;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;

/// Who somebody is, and whether there is a place for one more of theirs. One per node; any thread
/// may ask.
///
/// Before somebody is turned away for want of a place, the connections that hold the places are
/// asked whether they are still there; those that stay silent lose theirs.
final class Identity {
  private final Vertx vertx;
  private final TokenVerifier verifier;
  private final Revocations revocations;
  private final ConnectionCounter counter;
  private final ConnectionDesk desk;
  private final RateLimits rates;
  private final Duration probed;

  /// @param probed after which time the places of connections that stay silent are known to be free
  Identity(
      Vertx vertx,
      TokenVerifier verifier,
      Revocations revocations,
      ConnectionCounter counter,
      ConnectionDesk desk,
      RateLimits rates,
      Duration probed) {
    this.vertx = vertx;
    this.verifier = verifier;
    this.revocations = revocations;
    this.counter = counter;
    this.desk = desk;
    this.rates = rates;
    this.probed = probed;
  }

  /// Judges a token. Never fails. One that fails counts against its address; those past the limit
  /// are refused as too many.
  ///
  /// @param expected whom it must name
  /// @param wantsPlace whether a place is taken for its user
  Future<Admission> check(
      String token, Entrance entrance, Optional<UserId> expected, boolean wantsPlace) {
    return verifier
        .verify(token)
        .compose(verdict -> admit(verdict, entrance, expected, wantsPlace));
  }

  /// Takes a place at the node and for an address; given back by [#release].
  Future<Opening> takePlace(IpAddress address) {
    Opening first = counter.openFrom(address);
    return first == Opening.ADDRESS_FULL
        ? probe(new ProbeAddress(address.toString())).map(_ -> counter.openFrom(address))
        : Future.succeededFuture(first);
  }

  /// Gives back the places of a connection.
  ///
  /// @param user whose place it held
  void release(Entrance entrance, Optional<UserId> user) {
    if (entrance.holdsPlace()) {
      counter.closeFrom(entrance.address());
    }
    user.ifPresent(holder -> counter.closeFor(dialectOf(entrance), holder));
  }

  /// Why somebody who is here may not be any more; empty if they may.
  Optional<Refusal> review(UserId user, Revocations.Token token) {
    return revocations.refuse(user, token);
  }

  /// Takes a place for a guest.
  Future<Admission> admitGuest(Entrance entrance) {
    if (revocations.isBlocked(entrance.stranger().user())) {
      return Future.succeededFuture(refuse(entrance, Refusal.BLOCKED.text()));
    }
    return takePlace(entrance, entrance.stranger().user())
        .map(placed -> placed ? new Admission.Guest() : tooMany());
  }

  private Future<Admission> admit(
      Verdict verdict, Entrance entrance, Optional<UserId> expected, boolean wantsPlace) {
    return switch (verdict) {
      case Verdict.Refused refused -> Future.succeededFuture(refuse(entrance, refused.reason()));
      case Verdict.Verified verified when !expected.map(verified.caller()::is).orElse(true) ->
          Future.succeededFuture(refuse(entrance, "The token is another user's"));
      case Verdict.Verified verified when wantsPlace ->
          takePlace(entrance, verified.caller().user())
              .map(placed -> placed ? known(verified) : tooMany());
      case Verdict.Verified verified -> Future.succeededFuture(known(verified));
    };
  }

  private Future<Boolean> takePlace(Entrance entrance, UserId user) {
    String dialect = dialectOf(entrance);
    return counter.openFor(dialect, user) == Opening.OPENED
        ? Future.succeededFuture(true)
        : probe(new ProbeUser(user)).map(_ -> counter.openFor(dialect, user) == Opening.OPENED);
  }

  /// Here and on the other nodes; nobody's answer is waited for longer than that of a client.
  private Future<Void> probe(ConnectionCommand holders) {
    Future<Integer> _ = desk.everywhere(holders);
    Promise<Void> over = Promise.promise();
    vertx.setTimer(probed.toMillis(), _ -> over.complete());
    return over.future();
  }

  private static Admission known(Verdict.Verified verified) {
    return new Admission.Known(verified.caller(), verified.expiresAt(), verified.token());
  }

  private Admission refuse(Entrance entrance, String reason) {
    Rejection rejection =
        rates
            .admitFailure(entrance.address(), System.nanoTime())
            .orElseGet(() -> Rejection.of(ErrorCode.AUTHENTICATION_FAILED, reason));
    return new Admission.Refused(rejection);
  }

  private static Admission tooMany() {
    return new Admission.Refused(
        Rejection.of(ErrorCode.TOO_MANY_CONNECTIONS, "Too many connections"));
  }

  private static String dialectOf(Entrance entrance) {
    return entrance.dialect().name();
  }
}
