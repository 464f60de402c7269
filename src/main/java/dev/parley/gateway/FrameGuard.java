package dev.parley.gateway;

import dev.parley.auth.address.IpAddress;
import dev.parley.auth.limits.FixedWindow;
import dev.parley.auth.limits.FrameLimits;
import dev.parley.auth.limits.Quota;
import dev.parley.protocol.ChatCommand.SendMessage;
import dev.parley.protocol.Command;
import dev.parley.protocol.JsonValue;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.SessionCommand;
import dev.parley.protocol.UserId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts the frames of one connection against what it may send. What is small and rarely needed is
/// made when it is.
final class FrameGuard {
  private static final Quota ONE_A_SECOND = Quota.perSecond(1);

  private final FrameLimits limits;
  private final SessionSettings settings;
  private @Nullable FixedWindow bad;
  private @Nullable FixedWindow ephemeral;
  private @Nullable FixedWindow refusals;

  FrameGuard(FrameLimits limits, SessionSettings settings) {
    this.limits = limits;
    this.settings = settings;
  }

  /// Whether commands of one frame count against the quota of messages.
  static boolean counts(List<Command> commands) {
    for (Command command : commands) {
      if (counts(command)) {
        return true;
      }
    }
    return commands.isEmpty();
  }

  private static boolean counts(Command command) {
    return command instanceof SessionCommand own ? counts(own) : !command.isEphemeral();
  }

  private static boolean counts(SessionCommand command) {
    return switch (command) {
      case SessionCommand.Subscribe _,
          SessionCommand.Unsubscribe _,
          SessionCommand.FilterNotifications _ ->
          true;
      case SessionCommand.Ping _,
          SessionCommand.Authenticate _,
          SessionCommand.ResumeSession _,
          SessionCommand.Listen _,
          SessionCommand.NameMyself _,
          SessionCommand.Acknowledge _ ->
          false;
    };
  }

  /// Counts a frame, or says why not.
  Optional<Rejection> admit(List<Command> commands, UserId user, IpAddress address) {
    return limits.admit(user, address, isChat(commands), System.nanoTime());
  }

  /// Counts a frame that could not even be read.
  Optional<Rejection> admitUnread(UserId user, IpAddress address) {
    return limits.admit(user, address, false, System.nanoTime());
  }

  /// Whether one more ephemeral frame passes; the newest will.
  boolean admitEphemeral() {
    ephemeral = ephemeral == null ? new FixedWindow() : ephemeral;
    return ephemeral.take(settings.ephemeral(), System.nanoTime());
  }

  /// Counts a malformed frame; false when there were too many.
  boolean admitBad() {
    bad = bad == null ? new FixedWindow() : bad;
    return bad.take(settings.badMessages(), System.nanoTime());
  }

  /// Whether to answer a frame refused for its rate: always with an id, else once a second.
  boolean answersRefusal(JsonValue id) {
    refusals = refusals == null ? new FixedWindow() : refusals;
    return !id.isNull() || refusals.take(ONE_A_SECOND, System.nanoTime());
  }

  private static boolean isChat(List<Command> commands) {
    for (Command command : commands) {
      if (command instanceof SendMessage) {
        return true;
      }
    }
    return false;
  }
}
