package dev.parley.presence;

import dev.parley.presence.Presences.Opened;
import dev.parley.protocol.Caller;
import dev.parley.protocol.ConnectionId;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceEvent.Cause;
import dev.parley.protocol.PresenceState;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes in what happens to the users of a shard, tells it, and keeps when they were seen.
final class PresenceDesk {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceDesk.class);

  /// So that many users are written over some time, not at once.
  private static final int SEEN_AT_ONCE = 200;

  private static final Duration SEEN_PAUSE = Duration.ofSeconds(1);

  /// Likewise the many users of a node that is gone.
  private static final int GONE_AT_ONCE = 200;

  private static final Duration GONE_PAUSE = Duration.ofMillis(20);

  private final Presences presences;
  private final PresenceNews news;
  private final LastSeen lastSeen;
  private final InstantSource clock;
  private final Alarm gone;
  private final Alarm unseen;
  private final Alarm batch;

  /// @param timer runs something after a while
  PresenceDesk(
      Presences presences,
      PresenceNews news,
      LastSeen lastSeen,
      Duration batchInterval,
      InstantSource clock,
      BiConsumer<Duration, Runnable> timer) {
    this.presences = presences;
    this.news = news;
    this.lastSeen = lastSeen;
    this.clock = clock;
    this.gone = new Alarm(timer, this::untilGone, this::tellGone);
    this.unseen = new Alarm(timer, this::untilUnseen, this::keepSeen);
    this.batch = new Alarm(timer, () -> news.batched(batchInterval), news::tellBatch);
  }

  Outcome open(Caller caller, ConnectionId connection) {
    Instant now = clock.instant();
    Opened opened = presences.opened(caller, connection, now);
    opened.online().ifPresent(state -> tell(state, Cause.CONNECTION, now));
    if (opened.first()) {
      news.tellAdministrators("connected", caller.user(), now);
    }
    unseen.look();
    return Reply.DONE;
  }

  Outcome close(Caller caller, ConnectionId connection) {
    Instant now = clock.instant();
    if (presences.closed(caller.user(), connection, now)) {
      news.tellAdministrators("disconnected", caller.user(), now);
    }
    gone.look();
    return Reply.DONE;
  }

  Outcome set(Caller caller, SetPresence said) {
    Optional<Rejection> refusal = StatusRules.refuse(said);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Instant now = clock.instant();
    Optional<PresenceState> state = presences.set(caller, said, now);
    state.ifPresent(told -> tell(told, Cause.STATUS, now));
    return state.isPresent()
        ? Reply.DONE
        : Rejection.of(ErrorCode.CONFLICT, "Only who is connected has a status");
  }

  void onElsewhere(List<UsersElsewhere.Change> changes) {
    Instant now = clock.instant();
    for (UsersElsewhere.Change change : changes) {
      Presences.Heard heard = presences.onElsewhere(change, now);
      if (heard.disconnected()) {
        news.tellAdministrators("disconnected", change.user(), now);
      }
      heard.returned().ifPresent(state -> tellHere(state, now));
    }
    gone.look();
  }

  private void tellHere(PresenceState state, Instant now) {
    Future<Void> _ = news.tellHere(state, now);
  }

  private void tell(PresenceState state, Cause cause, Instant now) {
    news.tell(state, cause, now).onComplete(_ -> batch.look());
  }

  private void tellGone() {
    Instant now = clock.instant();
    for (PresenceState offline : presences.takeGone(now, GONE_AT_ONCE)) {
      keep(offline);
      tell(offline, Cause.CONNECTION, now);
    }
  }

  private Optional<Duration> untilGone() {
    return presences.nextGone().map(this::until).map(delay -> atLeast(GONE_PAUSE, delay));
  }

  private void keepSeen() {
    presences.takeUnseen(clock.instant(), SEEN_AT_ONCE).forEach(this::keep);
  }

  private Optional<Duration> untilUnseen() {
    return presences.nextUnseen().map(this::until).map(delay -> atLeast(SEEN_PAUSE, delay));
  }

  private static Duration atLeast(Duration least, Duration delay) {
    return delay.compareTo(least) < 0 ? least : delay;
  }

  private Duration until(Instant time) {
    return Duration.between(clock.instant(), time);
  }

  private void keep(PresenceState state) {
    lastSeen
        .keep(state)
        .onFailure(
            failure ->
                LOG.atDebug()
                    .addKeyValue("user", state.user())
                    .addKeyValue("error", failure.getMessage())
                    .log("last seen was not kept"));
  }
}
