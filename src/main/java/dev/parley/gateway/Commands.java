package dev.parley.gateway;

import dev.parley.dialect.Decoded;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.InFrame;
import dev.parley.gateway.CommandQueue.Waiting;
import dev.parley.observe.Meters;
import dev.parley.protocol.Barrier;
import dev.parley.protocol.CloseCode;
import dev.parley.protocol.Command;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.RoomCommand.JoinRoom;
import dev.parley.protocol.SessionCommand;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a client asks, from the frame to the answer. Belongs to the session.
final class Commands {
  private final Session session;
  private final Dialect dialect;
  private final Gate gate;
  private final FrameGuard guard;
  private final Meters meters;
  private final int maxUnanswered;
  private final CommandQueue queue = new CommandQueue();
  private @Nullable Held held;

  /// The newest ephemeral command of a kind that came too fast.
  private record Held(Command command, JsonValue id) {}

  Commands(Session session, LoopServices services, Entrance entrance) {
    this.session = session;
    this.dialect = entrance.dialect();
    this.gate = services.gate();
    this.meters = services.meters();
    this.guard = new FrameGuard(entrance.endpoint().limits(), entrance.settings());
    this.maxUnanswered = entrance.settings().maxUnanswered();
  }

  void onFrame(InFrame frame) {
    switch (dialect.decode(frame, session)) {
      case Decoded.Commands(List<Command> commands, JsonValue id) -> onCommands(commands, id);
      case Decoded.Refused(Rejection rejection, JsonValue id) -> onMalformed(rejection, id);
    }
  }

  /// Runs what a new connection implies before anything that the client asks.
  void open(List<Command> commands, Future<?> ready) {
    queue.bar(true);
    ready.onComplete(_ -> onReady(commands));
  }

  /// A second has passed: the newest of what came too fast may go.
  void onTick() {
    Held newest = held;
    if (newest != null && guard.admitEphemeral()) {
      held = null;
      start(newest.command(), newest.id());
    }
  }

  /// The session hears of what happens before it asks how things are, so that nothing between is
  /// lost.
  private void onReady(List<Command> commands) {
    session.onOpened();
    if (!session.isOpen()) {
      return;
    }
    List<Future<?>> answered = new ArrayList<>();
    for (Command command : commands) {
      answered.add(begin(command));
    }
    Future.join(answered).onComplete(_ -> onOpeningDone());
  }

  private Future<?> begin(Command command) {
    long startedAt = System.nanoTime();
    return gate.handle(session, command)
        .onSuccess(
            outcome -> {
              meters.answered(command, System.nanoTime() - startedAt);
              answer(command, outcome, JsonValue.NULL);
            });
  }

  private void onOpeningDone() {
    queue.bar(false);
    session.onOpeningDone();
    proceed();
  }

  private void onCommands(List<Command> commands, JsonValue id) {
    if (!session.isAuthenticated() && !commands.stream().allMatch(Commands::isForStrangers)) {
      session.refuse(notAuthenticated());
      return;
    }
    if (FrameGuard.counts(commands)) {
      Optional<Rejection> refused = guard.admit(commands, session.user(), session.address());
      if (refused.isPresent()) {
        onTooMany(refused.get(), id);
        return;
      }
    }
    for (Command command : commands) {
      submit(command, id);
    }
  }

  private static boolean isForStrangers(Command command) {
    return command instanceof SessionCommand.Authenticate || command instanceof SessionCommand.Ping;
  }

  private void onMalformed(Rejection rejection, JsonValue id) {
    if (!session.isAuthenticated()) {
      session.refuse(notAuthenticated());
      return;
    }
    Optional<Rejection> refused = guard.admitUnread(session.user(), session.address());
    if (refused.isPresent()) {
      onTooMany(refused.get(), id);
      return;
    }
    answer(rejection, id);
    if (!guard.admitBad()) {
      session.end(CloseCode.POLICY, "Too many bad messages");
    }
  }

  private void onTooMany(Rejection refused, JsonValue id) {
    meters.rateLimited("user");
    meters.error(refused.code());
    if (guard.answersRefusal(id)) {
      session.write(dialect.encode(refused, id));
    }
  }

  private void submit(Command command, JsonValue id) {
    if (command instanceof JoinRoom join) {
      session.rooms().onAsked(join.room());
    }
    if (command instanceof SessionCommand.Ping ping && !queue.isBarred()) {
      answer(ping, gate.pong(), id);
    } else if (command.isEphemeral() && !guard.admitEphemeral()) {
      held = new Held(command, id);
    } else if (queue.isBarred()) {
      queue.add(new Waiting(command, id));
      checkLoad();
    } else {
      start(command, id);
    }
  }

  private void start(Command command, JsonValue id) {
    long startedAt = System.nanoTime();
    queue.onStarted(command);
    Future<Outcome> outcome = gate.handle(session, command);
    if (outcome.isComplete()) {
      onOutcome(command, id, outcome.result(), startedAt);
    } else {
      checkLoad();
      outcome.onComplete(result -> onOutcome(command, id, result.result(), startedAt));
    }
  }

  private void onOutcome(Command command, JsonValue id, Outcome outcome, long startedAt) {
    meters.answered(command, System.nanoTime() - startedAt);
    answer(command, outcome, id);
    queue.onAnswered(command);
    if (command instanceof Barrier barrier) {
      session.onAnswered(barrier, outcome);
    }
    proceed();
  }

  private void proceed() {
    for (Waiting next = queue.next(); next != null; next = queue.next()) {
      start(next.command(), next.id());
    }
    checkLoad();
  }

  private void answer(Command command, Outcome outcome, JsonValue id) {
    switch (outcome) {
      case Reply reply -> session.write(dialect.encode(command, reply, id, session));
      case Rejection rejection -> answer(rejection, id);
    }
  }

  private void answer(Rejection rejection, JsonValue id) {
    meters.error(rejection.code());
    session.write(dialect.encode(rejection, id));
  }

  private void checkLoad() {
    session.pauseReading(queue.size() >= maxUnanswered);
  }

  private static Rejection notAuthenticated() {
    return Rejection.of(ErrorCode.AUTHENTICATION_FAILED, "Authentication required");
  }

  static Rejection tooLarge() {
    return Rejection.of(ErrorCode.MESSAGE_TOO_LARGE, "The message is too large");
  }
}
