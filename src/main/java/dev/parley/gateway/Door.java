package dev.parley.gateway;

import dev.parley.auth.Credentials;
import dev.parley.auth.address.IpAddress;
import dev.parley.auth.limits.ConnectionCounter.Opening;
import dev.parley.gateway.transport.Transport;
import dev.parley.gateway.transport.TransportSettings;
import dev.parley.gateway.transport.Upgrader;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides who may open a connection (`connection.md`), and opens it. One per loop.
///
/// ```
/// draining, too fast: 503 · foreign origin: 403 · no place at the node: 503 · too many bad tokens: 429
/// anything that the client should be told in its dialect: upgraded, told, closed 1008
/// ```
final class Door {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  /// Whoever comes by something that has no addresses.
  private static final IpAddress NOWHERE = new IpAddress(0, 0);

  private final LoopServices services;
  private final Reception reception;
  private final Upgrader upgrader;

  Door(LoopServices services, Reception reception, Upgrader upgrader) {
    this.services = services;
    this.reception = reception;
    this.upgrader = upgrader;
  }

  /// Answers an upgrade request, whatever it is.
  void open(HttpServerRequest request, Endpoint endpoint) {
    Optional<Refusal> refusal = refuseEarly(request);
    if (refusal.isPresent()) {
      refusal.get().answer(request);
      return;
    }
    request.pause();
    IpAddress address = addressOf(request);
    services
        .identity()
        .takePlace(address)
        .onSuccess(opening -> onPlace(opening, request, endpoint, address));
  }

  private Optional<Refusal> refuseEarly(HttpServerRequest request) {
    if (!reception.isOpen()) {
      return Optional.of(Refusal.busy("The server is restarting"));
    }
    if (reception.rates().admitUpgrade(System.nanoTime()).isPresent()) {
      return Optional.of(Refusal.busy("Too many new connections"));
    }
    boolean permitted =
        reception.origins().permits(Optional.ofNullable(request.getHeader("Origin")));
    return permitted
        ? Optional.empty()
        : Optional.of(Refusal.forbidden("This origin may not connect"));
  }

  private void onPlace(
      Opening opening, HttpServerRequest request, Endpoint endpoint, IpAddress address) {
    switch (opening) {
      case NODE_FULL -> Refusal.busy("No more connections").answer(request);
      case ADDRESS_FULL, USER_FULL -> {
        Entrance entrance = entranceOf(request, endpoint, address).withoutPlace();
        upgrade(request, entrance, Optional.empty(), new Admission.Refused(tooMany()));
      }
      case OPENED -> identify(request, endpoint, entranceOf(request, endpoint, address));
    }
  }

  private void identify(HttpServerRequest request, Endpoint endpoint, Entrance entrance) {
    Credentials credentials = credentialsOf(request);
    Optional<String> subprotocol =
        credentials.subprotocol(endpoint.subprotocol().stream().toList());
    admit(credentials, entrance)
        .onSuccess(admission -> onAdmission(request, entrance, subprotocol, admission));
  }

  private Future<Admission> admit(Credentials credentials, Entrance entrance) {
    if (credentials.token().isPresent()) {
      return services
          .identity()
          .check(credentials.token().get(), entrance, entrance.expected(), true);
    }
    return entrance.stranger().anonymous()
            && entrance.expected().isPresent()
            && reception.admitsGuests()
        ? services.identity().admitGuest(entrance)
        : Future.succeededFuture(new Admission.Stranger());
  }

  private void onAdmission(
      HttpServerRequest request,
      Entrance entrance,
      Optional<String> subprotocol,
      Admission admission) {
    if (isBadToken(admission)) {
      if (reception.rates().admitFailure(entrance.address(), System.nanoTime()).isPresent()) {
        services.identity().release(entrance, Optional.empty());
        Refusal.tooManyFailures().answer(request);
        return;
      }
    }
    upgrade(request, entrance, subprotocol, admission);
  }

  private void upgrade(
      HttpServerRequest request,
      Entrance entrance,
      Optional<String> subprotocol,
      Admission admission) {
    SessionSettings settings = entrance.settings();
    TransportSettings transport =
        new TransportSettings(
            settings.maxMessageBytes(),
            true,
            reception.compresses(),
            subprotocol,
            reception.lowWaterBytes(),
            reception.highWaterBytes());
    upgrader
        .upgrade(request, transport, opened -> begin(opened, entrance, admission))
        .onFailure(failure -> onNotUpgraded(entrance, admission, failure));
  }

  private Session begin(Transport transport, Entrance entrance, Admission admission) {
    Session session = new Session(services, entrance, transport);
    session.begin(admission);
    return session;
  }

  private void onNotUpgraded(Entrance entrance, Admission admission, Throwable failure) {
    LOG.atDebug().addKeyValue("error", failure.getMessage()).log("a connection was not upgraded");
    Optional<UserId> holder =
        switch (admission) {
          case Admission.Known known -> Optional.of(known.caller().user());
          case Admission.Guest _ -> Optional.of(entrance.stranger().user());
          case Admission.Stranger _, Admission.Refused _ -> Optional.empty();
        };
    services.identity().release(entrance, holder);
  }

  private Entrance entranceOf(HttpServerRequest request, Endpoint endpoint, IpAddress address) {
    Optional<UserId> expected =
        Optional.ofNullable(request.getParam("user_id")).flatMap(UserId::parse);
    UserId stranger = expected.orElse(reception.stranger());
    return new Entrance(
        reception.nextConnection(),
        endpoint,
        address,
        Caller.guest(stranger),
        endpoint.namesUserInQuery() ? expected : Optional.empty(),
        true);
  }

  private IpAddress addressOf(HttpServerRequest request) {
    IpAddress peer = IpAddress.parse(request.remoteAddress().hostAddress()).orElse(NOWHERE);
    return reception.addresses().of(peer, request.headers().getAll("X-Forwarded-For"));
  }

  private static Credentials credentialsOf(HttpServerRequest request) {
    List<String> protocols = request.headers().getAll("Sec-WebSocket-Protocol");
    return Credentials.read(
        Optional.ofNullable(request.getHeader("Authorization")),
        protocols.isEmpty() ? Optional.empty() : Optional.of(String.join(",", protocols)),
        Optional.ofNullable(request.query()));
  }

  private static boolean isBadToken(Admission admission) {
    return admission instanceof Admission.Refused refused
        && refused.rejection().code() == ErrorCode.AUTHENTICATION_FAILED;
  }

  private static Rejection tooMany() {
    return Rejection.of(ErrorCode.TOO_MANY_CONNECTIONS, "Too many connections");
  }
}
