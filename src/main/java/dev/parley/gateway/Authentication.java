package dev.parley.gateway;

import dev.parley.auth.Refusal;
import dev.parley.auth.Revocations;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.UserId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/// Who a session's client is: what the door found out, what tokens say later. Belongs to the
/// session, and holds its user's place until [#release].
///
/// ```
/// stranger --good token--> shown --its answer is written--> known <--newer tokens
/// ```
final class Authentication {
  private final Session session;
  private final Identity identity;
  private final Entrance entrance;
  private final Lifetime lifetime;
  private Caller caller;
  private ConnectionId connection;
  private Optional<Admission.Known> shown = Optional.empty();
  private Revocations.Token token = Revocations.Token.NONE;
  private boolean placed;

  Authentication(Session session, Identity identity, Entrance entrance, Lifetime lifetime) {
    this.session = session;
    this.identity = identity;
    this.entrance = entrance;
    this.lifetime = lifetime;
    this.caller = entrance.stranger();
    this.connection = entrance.connection();
  }

  Caller caller() {
    return caller;
  }

  /// What the connection is called: something else once its user is known, in some dialects.
  ConnectionId connection() {
    return connection;
  }

  /// Begins as the door decided.
  void begin(Admission admission) {
    switch (admission) {
      case Admission.Known known -> onKnown(known.caller(), known.expiresAt(), known.token());
      case Admission.Guest _ -> onKnown(caller, Optional.empty(), Revocations.Token.NONE);
      case Admission.Stranger _ -> session.onStranger();
      case Admission.Refused refused -> session.refuse(refused.rejection());
    }
  }

  /// Looks at a token shown on the open connection: the first, or a newer one of the same user. The
  /// caller writes the answer to a first one, then calls [#onAnswered].
  Future<Outcome> show(String token) {
    boolean first = !lifetime.isAuthenticated();
    Optional<UserId> expected = first ? entrance.expected() : Optional.of(caller.user());
    return identity.check(token, entrance, expected, first).map(this::onShown);
  }

  private Outcome onShown(Admission admission) {
    if (!session.isOpen()) {
      releaseUnused(admission);
    }
    return switch (admission) {
      case Admission.Refused refused -> refused.rejection();
      case Admission.Known known -> {
        keep(known);
        yield new Reply.Authenticated(known.expiresAt());
      }
      case Admission.Guest _, Admission.Stranger _ -> Rejection.internal();
    };
  }

  /// The connection went while its token was checked: nobody will give this place back later.
  private void releaseUnused(Admission admission) {
    if (admission instanceof Admission.Known known && !placed) {
      identity.release(entrance.withoutPlace(), Optional.of(known.caller().user()));
    }
  }

  private void keep(Admission.Known known) {
    if (lifetime.isAuthenticated()) {
      caller = known.caller().on(connection);
      token = known.token();
      lifetime.onToken(known.expiresAt());
    } else {
      shown = Optional.of(known);
    }
  }

  /// A token was answered; after the first good one the session opens.
  void onAnswered(Outcome outcome) {
    if (lifetime.isAuthenticated()) {
      return;
    }
    switch (outcome) {
      case Rejection _ -> session.endUnauthorized();
      case Reply _ ->
          shown.ifPresent(known -> onKnown(known.caller(), known.expiresAt(), known.token()));
    }
  }

  private void onKnown(Caller known, Optional<Instant> expiresAt, Revocations.Token shownToken) {
    ConnectionId before = connection;
    connection = session.nameFor(known);
    caller = known.on(connection);
    token = shownToken;
    placed = true;
    lifetime.onToken(expiresAt);
    review();
    if (session.isOpen()) {
      session.onKnown(before);
    }
  }

  /// Rights may have been taken back. A guest has no token that could be.
  void review() {
    if (!placed) {
      return;
    }
    Optional<Refusal> refusal = identity.review(caller.user(), token);
    if (refusal.isPresent() && !(caller.anonymous() && refusal.get() == Refusal.REVOKED)) {
      session.onRefused(refusal.get());
    }
  }

  /// The name of a guest is what the guest says.
  void nameGuest(String username) {
    if (caller.anonymous()) {
      caller = caller.named(username);
    }
  }

  /// Gives back the places that the connection held.
  void release() {
    identity.release(entrance, placed ? Optional.of(caller.user()) : Optional.empty());
  }
}
