package dev.parley.rest;

import dev.parley.auth.Credentials;
import dev.parley.auth.TokenVerifier;
import dev.parley.auth.Verdict;
import dev.parley.auth.address.ClientAddress;
import dev.parley.auth.address.IpAddress;
import dev.parley.auth.limits.RateLimits;
import dev.parley.config.Cidr;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/// Who may call. A token comes as `Authorization: Bearer` only: what is in a query ends up in logs.
final class Access {
  private static final IpAddress NOWHERE = new IpAddress(0, 0);

  private final TokenVerifier verifier;
  private final RateLimits rates;
  private final ClientAddress addresses;
  private final List<Cidr> adminAddresses;

  /// @param adminAddresses where administrators may call from; empty: anywhere
  Access(
      TokenVerifier verifier,
      RateLimits rates,
      ClientAddress addresses,
      List<Cidr> adminAddresses) {
    this.verifier = verifier;
    this.rates = rates;
    this.addresses = addresses;
    this.adminAddresses = List.copyOf(adminAddresses);
  }

  /// @return fails with [RejectedException] unless an administrator calls from where one may
  Future<Caller> ensureAdmin(HttpServerRequest request) {
    if (!mayAdminister(request)) {
      return refuse(Rejection.denied("Not from this address"));
    }
    return ensureUser(request).map(Access::requireAdmin);
  }

  /// @return fails with [RejectedException] unless a good token was sent and its user has not asked
  ///   too much
  Future<Caller> ensureUser(HttpServerRequest request) {
    Optional<String> token =
        Credentials.read(
                Optional.ofNullable(request.getHeader("Authorization")),
                Optional.empty(),
                Optional.empty())
            .token();
    return token.isEmpty()
        ? refuse(Rejection.of(ErrorCode.AUTHENTICATION_FAILED, "A bearer token is needed"))
        : verifier.verify(token.get()).map(verdict -> admit(verdict, addressOf(request)));
  }

  private Caller admit(Verdict verdict, IpAddress address) {
    return switch (verdict) {
      case Verdict.Refused refused -> {
        rates.admitFailure(address, System.nanoTime()).ifPresent(Access::raise);
        throw new RejectedException(
            Rejection.of(ErrorCode.AUTHENTICATION_FAILED, refused.reason()));
      }
      case Verdict.Verified verified -> {
        rates.admitRequest(verified.caller().user(), System.nanoTime()).ifPresent(Access::raise);
        yield verified.caller();
      }
    };
  }

  private boolean mayAdminister(HttpServerRequest request) {
    return adminAddresses.isEmpty() || addressOf(request).isIn(adminAddresses);
  }

  /// The address that counts, behind proxies too.
  IpAddress addressOf(HttpServerRequest request) {
    IpAddress peer = IpAddress.parse(request.remoteAddress().hostAddress()).orElse(NOWHERE);
    return addresses.of(peer, request.headers().getAll("X-Forwarded-For"));
  }

  private static Caller requireAdmin(Caller caller) {
    if (!caller.isAdmin()) {
      raise(Rejection.denied("This needs the role admin"));
    }
    return caller;
  }

  private static void raise(Rejection rejection) {
    throw new RejectedException(rejection);
  }

  private static <T> Future<T> refuse(Rejection rejection) {
    return Future.failedFuture(new RejectedException(rejection));
  }
}
