package dev.parley;

import dev.parley.bus.FiguresLetter;
import dev.parley.bus.NodePost;
import dev.parley.cluster.Cluster;
import dev.parley.observe.AllFigures;
import dev.parley.observe.Meters;
import dev.parley.observe.NodeFigures;
import dev.parley.observe.OwnFigures;
import dev.parley.observe.RoomActivity;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.RoomName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The figures of all nodes. Any thread may ask. A node that does not answer within a second, as an
/// older one that knows no such letters, is left out.
final class ClusterFigures {
  private static final String FIGURES = "figures";
  private static final String ROOMS = "room_figures";
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Vertx vertx;
  private final Cluster cluster;
  private final Optional<NodePost> post;
  private final OwnFigures own;
  private final Meters meters;
  private final InstantSource clock;
  private Optional<Asked> newest = Optional.empty();

  /// @param post empty where there are no others
  ClusterFigures(
      Vertx vertx,
      Cluster cluster,
      Optional<NodePost> post,
      OwnFigures own,
      Meters meters,
      InstantSource clock) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.post = post;
    this.own = own;
    this.meters = meters;
    this.clock = clock;
  }

  /// Answers the other nodes from now on, and keeps the rate of messages.
  void serve() {
    vertx.setPeriodic(TimeUnit.SECONDS.toMillis(1), _ -> own.tick());
    post.ifPresent(
        open -> {
          open.on(FIGURES, (_, _) -> here().map(FiguresLetter::encode).map(Optional::of));
          open.on(ROOMS, (_, letter) -> Future.succeededFuture(Optional.of(answer(letter))));
        });
  }

  /// They are asked at most once a second, whoever wants to know.
  synchronized Future<AllFigures> now() {
    long now = System.nanoTime();
    Asked asked =
        newest
            .filter(before -> now - before.at() < FRESH_NANOS && !before.figures().failed())
            .orElseGet(() -> new Asked(ask(), now));
    newest = Optional.of(asked);
    return asked.figures();
  }

  /// What goes on in rooms, on all nodes.
  ///
  /// @param rooms at most 1,000
  Future<Map<RoomName, RoomActivity>> of(List<RoomName> rooms) {
    Buffer question = FiguresLetter.question(rooms);
    return askOthers(ROOMS, question, FiguresLetter::activityIn)
        .map(
            others -> {
              Map<RoomName, RoomActivity> all = new HashMap<>(ofHere(rooms));
              others.forEach(
                  each -> each.forEach((room, its) -> all.merge(room, its, RoomActivity::and)));
              return all;
            });
  }

  private Future<AllFigures> ask() {
    Future<NodeFigures> here = here();
    Future<List<NodeFigures>> others = askOthers(FIGURES, Buffer.buffer(), FiguresLetter::decode);
    return Future.all(here, others).map(_ -> AllFigures.of(here.result(), others.result()));
  }

  private Future<NodeFigures> here() {
    return vertx.executeBlocking(own::now, false);
  }

  private Map<RoomName, RoomActivity> ofHere(List<RoomName> rooms) {
    Map<RoomName, RoomActivity> activities = new HashMap<>();
    for (RoomName room : rooms) {
      RoomActivity activity = meters.rooms().of(room, clock.instant());
      if (!activity.equals(RoomActivity.NONE)) {
        activities.put(room, activity);
      }
    }
    return activities;
  }

  private Buffer answer(Buffer question) {
    return FiguresLetter.encode(ofHere(FiguresLetter.roomsIn(question)));
  }

  private <T> Future<List<T>> askOthers(String kind, Buffer question, Function<Buffer, T> reader) {
    List<Future<Optional<T>>> answers =
        post.stream()
            .flatMap(
                open ->
                    cluster.others().stream().map(node -> ask(open, node, kind, question, reader)))
            .toList();
    return Future.join(answers)
        .map(_ -> answers.stream().map(Future::result).flatMap(Optional::stream).toList());
  }

  private <T> Future<Optional<T>> ask(
      NodePost open, NodeId node, String kind, Buffer question, Function<Buffer, T> reader) {
    return open.ask(node, kind, question, DEADLINE)
        .map(reader)
        .map(Optional::of)
        .otherwise(
            _ -> {
              meters.unanswered();
              return Optional.empty();
            });
  }

  private record Asked(Future<AllFigures> figures, long at) {}
}
