package dev.parley.gateway;

import dev.parley.observe.Meters;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Position;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Reply.RoomResumption;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SessionCommand.ResumeSession;
import dev.parley.protocol.TopicName;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes up what an earlier connection had: all of its rooms at once, each from its own position. A
/// room that cannot be joined any more says so; the others go on.
final class Resumption {
  private final Session session;
  private final ResumeSession command;
  private final List<TopicName> topics;
  private final Map<RoomName, RoomResumption> rooms = new HashMap<>();

  Resumption(Session session, ResumeSession command) {
    this.session = session;
    this.command = command;
    this.topics =
        command.topics().stream().map(TopicName::parse).flatMap(Optional::stream).toList();
  }

  /// @throws dev.parley.protocol.RejectedException if those are too many topics; then nothing
  ///   happens
  Future<Outcome> begin() {
    session.topics().ensureRoomFor(topics);
    command.connection().ifPresent(session::replace);
    List<Future<?>> parts = new ArrayList<>();
    command.rooms().entrySet().forEach(room -> parts.add(resume(room)));
    topics.forEach(topic -> parts.add(listen(topic)));
    return Future.join(parts).transform(_ -> answer());
  }

  private Future<Reply.Joined> resume(Map.Entry<RoomName, Position> room) {
    return session
        .rooms()
        .join(room.getKey(), Optional.of(room.getValue()))
        .onComplete(
            joined -> onJoined(room.getKey(), joined),
            refused -> onRefused(room.getKey(), refused));
  }

  private void onJoined(RoomName room, Reply.Joined joined) {
    boolean recovered = joined.recovered().orElse(false);
    session.count(recovered ? Meters.Outcome.RECOVERED : Meters.Outcome.RESET);
    rooms.put(room, new RoomResumption.Resumed(joined.position(), recovered));
  }

  private void onRefused(RoomName room, Throwable refused) {
    Rejection rejection =
        refused instanceof RejectedException expected
            ? expected.rejection()
            : Rejection.unavailable();
    session.count(Meters.Outcome.FAILED);
    rooms.put(room, new RoomResumption.Refused(rejection));
  }

  /// Leaves out what the user may not hear any more.
  private Future<?> listen(TopicName topic) {
    return Future.all(topic.rooms().stream().map(session.rooms()::ensureMayHear).toList())
        .onSuccess(_ -> session.topics().listen(List.of(topic)));
  }

  private Future<Outcome> answer() {
    List<String> resumed =
        topics.stream().filter(session.topics()::listensTo).map(TopicName::value).toList();
    return Future.succeededFuture(new Reply.SessionResumed(rooms, resumed));
  }
}
