package dev.parley.rooms;

import dev.parley.bus.MessageBus;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.PresenceEvent.UserActivity;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.RoomEvent.ParticipationBegan;
import dev.parley.protocol.RoomEvent.ParticipationEnded;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.Optional;

/// Tells members, users and administrators what happens in rooms. All of it is ephemeral.
final class Announcer {
  private final MessageBus bus;
  private final boolean clustered;

  /// @param clustered whether every node tells its own members who comes and goes
  Announcer(MessageBus bus, boolean clustered) {
    this.bus = bus;
    this.clustered = clustered;
  }

  /// Tells the members of the event's room.
  void tell(RoomEvent news) {
    bus.publish(toRoom(news));
  }

  /// Tells the members who came and went; alone, also applications.
  void tellComings(RoomEvent news) {
    bring(toRoom(news));
  }

  /// Likewise, but not the connection that caused it and will be answered.
  void tellComings(RoomEvent news, Caller caller) {
    Envelope envelope = toRoom(news);
    bring(caller.connection().map(envelope::except).orElse(envelope));
  }

  private void bring(Envelope envelope) {
    if (clustered) {
      bus.deliver(envelope);
    } else {
      bus.publish(envelope);
    }
  }

  /// Tells applications who came and went.
  void announce(RoomEvent news) {
    bus.announce(toRoom(news));
  }

  void tellAdministrators(String activity, UserId user, RoomName room, Instant at) {
    if (!RoomPolicy.isQuiet(room)) {
      UserActivity told = new UserActivity(activity, user, Optional.of(room), at);
      bus.publish(Envelope.ephemeral(told, Topic.of(RoomName.ADMIN)));
    }
  }

  void participationBegan(RoomName room, UserId user) {
    bus.publish(Envelope.ephemeral(new ParticipationBegan(room, user), Topic.of(user)));
  }

  void participationEnded(RoomName room, UserId user) {
    bus.publish(Envelope.ephemeral(new ParticipationEnded(room, user), Topic.of(user)));
  }

  private static Envelope toRoom(RoomEvent news) {
    return Envelope.ephemeral(news, Topic.of(news.room()));
  }
}
