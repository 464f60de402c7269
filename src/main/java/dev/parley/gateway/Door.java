package dev.parley.gateway;

import dev.parley.auth.Credentials;
import dev.parley.auth.address.IpAddress;
import dev.parley.auth.limits.ConnectionCounter.Opening;
import dev.parley.gateway.transport.HandshakeRefusedException;
import dev.parley.gateway.transport.Transport;
import dev.parley.gateway.transport.TransportListener;
import dev.parley.gateway.transport.TransportSettings;
import dev.parley.gateway.transport.Upgrader;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ClientLabel;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides who may open a connection (`connection.md`), and opens it. One per loop.
///
/// ```
/// no upgrade: 426 · draining, too fast: 503 · foreign origin: 403 · no place at the node: 503 · too many bad tokens: 429
/// anything that the client should be told in its dialect: upgraded, told, closed 1008
/// ```
final class Door {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  /// Whoever comes by something that has no addresses.
  private static final IpAddress NOWHERE = new IpAddress(0, 0);

  private static final int SWITCHING_PROTOCOLS = 101;

  /// What a client calls itself at greater length is not kept.
  private static final int MAX_LABEL_CHARS = 64;

  private final LoopServices services;
  private final Reception reception;
  private final Upgrader upgrader;

  Door(LoopServices services, Reception reception, Upgrader upgrader) {
    this.services = services;
    this.reception = reception;
    this.upgrader = upgrader;
  }

  /// Answers a request at the path of an endpoint, whatever it is.
  void open(HttpServerRequest request, Endpoint endpoint) {
    Visit visit = new Visit(request, addressOf(request), System.nanoTime());
    Optional<Refusal> refusal = refuseEarly(request);
    if (refusal.isPresent()) {
      visit.refuse(refusal.get());
      return;
    }
    request.pause();
    services
        .identity()
        .takePlace(visit.address())
        .onSuccess(opening -> onPlace(opening, visit, endpoint));
  }

  private Optional<Refusal> refuseEarly(HttpServerRequest request) {
    if (!request.headers().contains("Upgrade", "websocket", true)) {
      return Optional.of(Refusal.upgradeNeeded());
    }
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

  private void onPlace(Opening opening, Visit visit, Endpoint endpoint) {
    switch (opening) {
      case NODE_FULL -> visit.refuse(Refusal.busy("No more connections"));
      case ADDRESS_FULL, USER_FULL -> {
        Entrance entrance = entranceOf(visit, endpoint).withoutPlace();
        upgrade(visit, entrance, Optional.empty(), new Admission.Refused(tooMany()));
      }
      case OPENED -> identify(visit, endpoint, entranceOf(visit, endpoint));
    }
  }

  private void identify(Visit visit, Endpoint endpoint, Entrance entrance) {
    Credentials credentials = credentialsOf(visit.request());
    Optional<String> subprotocol =
        credentials.subprotocol(endpoint.subprotocol().stream().toList());
    admit(credentials, entrance)
        .onSuccess(admission -> onAdmission(visit, entrance, subprotocol, admission));
  }

  private Future<Admission> admit(Credentials credentials, Entrance entrance) {
    if (credentials.token().isPresent()) {
      return services
          .identity()
          .check(credentials.token().get(), entrance, entrance.expected(), true);
    }
    return reception.admitsGuests() && isGuest(entrance)
        ? services.identity().admitGuest(entrance)
        : Future.succeededFuture(new Admission.Stranger());
  }

  /// Whether who shows no token says who they are, or need not.
  private static boolean isGuest(Entrance entrance) {
    return entrance.expected().isPresent() || entrance.dialect().numbersGuests();
  }

  private void onAdmission(
      Visit visit, Entrance entrance, Optional<String> subprotocol, Admission admission) {
    if (isOneTooMany(admission)) {
      services.identity().release(entrance, Optional.empty());
      visit.refuse(Refusal.tooManyFailures());
      return;
    }
    upgrade(visit, entrance, subprotocol, admission);
  }

  private void upgrade(
      Visit visit, Entrance entrance, Optional<String> subprotocol, Admission admission) {
    SessionSettings settings = entrance.settings();
    TransportSettings transport =
        new TransportSettings(
            settings.maxMessageBytes(),
            true,
            reception.compresses(),
            subprotocol,
            reception.lowWaterBytes(),
            reception.highWaterBytes());
    attempt(visit, transport, opened -> begin(opened, entrance, admission))
        .onComplete(
            _ -> visit.onAnswered(SWITCHING_PROTOCOLS),
            failure -> onNotUpgraded(visit, entrance, admission, failure));
  }

  /// What is thrown, as when the client has gone meanwhile, is a failure too.
  private Future<Transport> attempt(
      Visit visit, TransportSettings settings, Function<Transport, TransportListener> starter) {
    return Future.succeededFuture()
        .compose(_ -> upgrader.upgrade(visit.request(), settings, starter));
  }

  private Session begin(Transport transport, Entrance entrance, Admission admission) {
    Session session = new Session(services, entrance, transport);
    session.begin(admission);
    return session;
  }

  private void onNotUpgraded(
      Visit visit, Entrance entrance, Admission admission, Throwable failure) {
    if (failure instanceof HandshakeRefusedException refused) {
      visit.onAnswered(refused.status());
    }
    LOG.atDebug().addKeyValue("error", failure.getMessage()).log("a connection was not upgraded");
    Optional<UserId> holder =
        switch (admission) {
          case Admission.Known known -> Optional.of(known.caller().user());
          case Admission.Guest _ -> Optional.of(entrance.stranger().user());
          case Admission.Stranger _, Admission.Refused _ -> Optional.empty();
        };
    services.identity().release(entrance, holder);
  }

  private Entrance entranceOf(Visit visit, Endpoint endpoint) {
    Optional<UserId> expected =
        Optional.ofNullable(visit.request().getParam("user_id")).flatMap(UserId::parse);
    UserId stranger = expected.orElseGet(() -> reception.stranger(endpoint));
    return new Entrance(
        reception.nextConnection(),
        endpoint,
        visit.address(),
        Caller.guest(stranger),
        endpoint.namesUserInQuery() ? expected : Optional.empty(),
        true,
        Optional.ofNullable(visit.request().getParam("batch"))
            .filter(_ -> endpoint.dialect().batchesEvents()),
        services.clock().millis(),
        labelOf(visit.request()));
  }

  private static ClientLabel labelOf(HttpServerRequest request) {
    ClientLabel label =
        new ClientLabel(
            labelOf(request, "client_type"),
            labelOf(request, "client_version"),
            labelOf(request, "device_id"));
    return label.equals(ClientLabel.NONE) ? ClientLabel.NONE : label;
  }

  private static Optional<String> labelOf(HttpServerRequest request, String parameter) {
    return Optional.ofNullable(request.getParam(parameter))
        .filter(text -> !text.isEmpty() && text.length() <= MAX_LABEL_CHARS);
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

  /// Of failing tokens.
  private static boolean isOneTooMany(Admission admission) {
    return admission instanceof Admission.Refused refused
        && refused.rejection().code() == ErrorCode.RATE_LIMIT_EXCEEDED;
  }

  private static Rejection tooMany() {
    return Rejection.of(ErrorCode.TOO_MANY_CONNECTIONS, "Too many connections");
  }
}
