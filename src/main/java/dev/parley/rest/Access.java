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
  private static final String SERVICE = "service";

  private final TokenVerifier verifier;
  private final RateLimits rates;
  private final ClientAddress addresses;
  private final List<Cidr> adminAddresses;
  private final boolean development;

  /// @param adminAddresses where administrators may call from; empty: anywhere
  /// @param development whether guests may make the calls that are for them, too
  Access(
      TokenVerifier verifier,
      RateLimits rates,
      ClientAddress addresses,
      List<Cidr> adminAddresses,
      boolean development) {
    this.verifier = verifier;
    this.rates = rates;
    this.addresses = addresses;
    this.adminAddresses = List.copyOf(adminAddresses);
    this.development = development;
  }

  /// @return fails with [RejectedException] unless the caller has the rights, and, if a user, has
  ///   not asked too much
  Future<Visitor> admit(Rights rights, HttpServerRequest request) {
    return switch (rights) {
      case OPEN -> Future.succeededFuture(Visitor.GUEST);
      case VISITOR -> admitAny(request, true);
      case GUEST -> admitAny(request, development);
      case USER -> admitAny(request, false);
      case SERVICE -> admitAny(request, false).map(Access::requireService);
      case ADMIN ->
          mayAdminister(request)
              ? admitAny(request, false).map(Access::requireAdmin)
              : refuse(Rejection.denied("Not from this address"));
    };
  }

  private Future<Visitor> admitAny(HttpServerRequest request, boolean withoutToken) {
    Optional<String> header = Optional.ofNullable(request.getHeader("Authorization"));
    if (withoutToken && header.isEmpty()) {
      return Future.succeededFuture(Visitor.GUEST);
    }
    Optional<String> token = Credentials.read(header, Optional.empty(), Optional.empty()).token();
    return token.isEmpty()
        ? refuse(Rejection.of(ErrorCode.AUTHENTICATION_FAILED, "A bearer token is needed"))
        : verifier
            .verify(token.get())
            .map(verdict -> admit(verdict, addressOf(request)))
            .map(caller -> new Visitor(caller, caller.isAdmin() && mayAdminister(request)));
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

  private static Visitor requireAdmin(Visitor visitor) {
    if (!visitor.administers()) {
      raise(Rejection.denied("This needs the role admin"));
    }
    return visitor;
  }

  private static Visitor requireService(Visitor visitor) {
    if (!visitor.administers() && !visitor.caller().hasRole(SERVICE)) {
      raise(Rejection.denied("This needs the role service or admin"));
    }
    return visitor;
  }

  private static void raise(Rejection rejection) {
    throw new RejectedException(rejection);
  }

  private static <T> Future<T> refuse(Rejection rejection) {
    return Future.failedFuture(new RejectedException(rejection));
  }
}
