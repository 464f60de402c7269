package dev.parley.presence;

import dev.parley.protocol.Envelope;
import dev.parley.protocol.PresenceEvent.PresenceChanged;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What large rooms are to be told of presence: the newest of each user, all at one moment, so that
/// a member gets in one write what many users did.
final class MovesBatch {
  private final Map<UserId, Move> moves = new LinkedHashMap<>();

  void add(PresenceChanged event, List<RoomName> rooms) {
    UserId user = event.state().user();
    Move earlier = moves.remove(user);
    Set<RoomName> all = earlier == null ? new LinkedHashSet<>() : earlier.rooms();
    all.addAll(rooms);
    moves.put(user, new Move(event, all));
  }

  List<Envelope> take() {
    List<Envelope> envelopes = moves.values().stream().map(Move::toEnvelope).toList();
    moves.clear();
    return envelopes;
  }

  int size() {
    return moves.size();
  }

  private record Move(PresenceChanged event, Set<RoomName> rooms) {
    Envelope toEnvelope() {
      return Envelope.ephemeral(event, rooms.stream().map(Topic::of).toList());
    }
  }
}
