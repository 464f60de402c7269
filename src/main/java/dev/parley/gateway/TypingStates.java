package dev.parley.gateway;

import dev.parley.protocol.ChatCommand.SetTyping;
import dev.parley.protocol.RoomName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where one connection's user is typing now. Typing that nobody ends ends by itself. Pure.
final class TypingStates {
  private static final int MAX_ROOMS = 32;

  private Map<RoomName, Typing> states = Map.of();

  private record Typing(SetTyping command, Instant endsAt) {}

  void on(SetTyping command, Instant now, Duration timeout) {
    if (!command.typing()) {
      end(command.room());
    } else if (states.size() < MAX_ROOMS || states.containsKey(command.room())) {
      states = states instanceof HashMap ? states : new HashMap<>();
      states.put(command.room(), new Typing(command, now.plus(timeout)));
    }
  }

  /// What has ended by itself: to be published as its command says.
  List<SetTyping> takeEnded(Instant now) {
    return states.isEmpty() ? List.of() : take(now);
  }

  /// What ends with the connection.
  List<SetTyping> takeAll() {
    return takeEnded(Instant.MAX);
  }

  private List<SetTyping> take(Instant now) {
    List<SetTyping> ended = new ArrayList<>();
    for (Typing typing : List.copyOf(states.values())) {
      if (!typing.endsAt().isAfter(now)) {
        SetTyping started = typing.command();
        ended.add(new SetTyping(started.room(), false, started.cell()));
        end(started.room());
      }
    }
    return ended;
  }

  private void end(RoomName room) {
    if (!states.isEmpty()) {
      states.remove(room);
    }
    if (states.isEmpty()) {
      states = Map.of();
    }
  }
}
