package dev.parley.gateway;

import dev.parley.bus.Addresses;
import dev.parley.bus.MessageBus;
import dev.parley.feed.Entry;
import dev.parley.feed.LoopFeed;
import dev.parley.feed.Subscriber;
import dev.parley.feed.Subscription;
import dev.parley.protocol.Caller;
import dev.parley.protocol.Command;
import dev.parley.protocol.InboxCommand.Delivered;
import dev.parley.protocol.MembershipCommand.Arrive;
import dev.parley.protocol.MembershipCommand.Depart;
import dev.parley.protocol.MembershipCommand.EnterRoom;
import dev.parley.protocol.MembershipCommand.ListParticipations;
import dev.parley.protocol.MembershipCommand.Purpose;
import dev.parley.protocol.Position;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.Reply;
import dev.parley.protocol.Request;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.RoomState;
import dev.parley.protocol.StreamId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The rooms of one connection: those it joined, and those its user takes part in. Belongs to its
/// loop.
///
/// A seat is taken before anybody hears of it and starts when the answer was written, so that the
/// answer comes first and nothing between is lost.
final class SessionRooms {
  private static final int MAX_LEFT = 1_000;

  private final Subscriber session;
  private final Supplier<Caller> caller;
  private final LoopFeed feed;
  private final MessageBus bus;
  private final int maxRooms;
  private final boolean showsStates;
  private Map<RoomName, Seat> seats = Map.of();
  private Map<RoomName, Subscription> followed = Map.of();
  private Map<RoomName, Future<Reply.Joined>> entering = Map.of();
  private Set<RoomName> unstarted = Set.of();
  private Set<RoomName> watched = Set.of();
  private Map<RoomName, Long> shown = Map.of();
  private List<Subscription> placed = List.of();
  private List<Delivered> left = List.of();
  private @Nullable RoomName last;
  private @Nullable RoomName asked;
  private @Nullable Runnable whenPlaced;
  private int unplaced;
  private boolean open;

  /// @param caller who the session's user is now
  /// @param showsStates whether its client is shown whole states of rooms
  /// @param open whether what is heard of a room may be written as soon as its answer was; if not,
  ///   [#open] allows it
  SessionRooms(
      Subscriber session,
      Supplier<Caller> caller,
      LoopFeed feed,
      MessageBus bus,
      int maxRooms,
      boolean showsStates,
      boolean open) {
    this.open = open;
    this.session = session;
    this.caller = caller;
    this.feed = feed;
    this.bus = bus;
    this.maxRooms = maxRooms;
    this.showsStates = showsStates;
  }

  /// The room joined last, or about to be.
  Optional<RoomName> last() {
    return Optional.ofNullable(asked != null ? asked : last);
  }

  boolean isOpen() {
    return session.isOpen();
  }

  boolean isIn(RoomName room) {
    Seat seat = seats.get(room);
    return seat != null && seat.counted();
  }

  /// The rooms that it joined, by name.
  List<RoomName> joined() {
    return seats.entrySet().stream()
        .filter(seat -> seat.getValue().counted())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  boolean isInAny(Iterable<RoomName> rooms) {
    for (RoomName room : rooms) {
      if (isIn(room)) {
        return true;
      }
    }
    return false;
  }

  /// Joins a room, or takes the seat anew from another position. The caller writes the answer, then
  /// calls [#start].
  Future<Reply.Joined> join(RoomName room, Optional<Position> since) {
    return seat(room, since, Purpose.JOIN);
  }

  /// Makes sure of a seat for posting.
  Future<?> ensureSeat(RoomName room) {
    if (isIn(room)) {
      return Future.succeededFuture();
    }
    Future<Reply.Joined> underWay = entering.get(room);
    return (underWay != null ? underWay : seat(room, Optional.empty(), Purpose.SEND))
        .onSuccess(_ -> start(room));
  }

  /// Whether it has a seat in a room, counted or not.
  boolean hears(RoomName room) {
    return seats.containsKey(room);
  }

  /// Hears a room from now on, without a word to anybody. Joining and leaving it change nothing of
  /// that.
  Future<?> watch(RoomName room) {
    if (seats.containsKey(room)) {
      noteWatched(room);
      return Future.succeededFuture();
    }
    Future<Reply.Joined> underWay = entering.get(room);
    return (underWay != null ? underWay : seat(room, Optional.empty(), Purpose.WATCH))
        .onSuccess(_ -> noteWatched(room))
        .onSuccess(_ -> start(room));
  }

  private void noteWatched(RoomName room) {
    watched = watched.isEmpty() ? new HashSet<>(2) : watched;
    watched.add(room);
  }

  private boolean forgetWatched(RoomName room) {
    return !watched.isEmpty() && watched.remove(room);
  }

  /// Ends that. Whoever joined the room stays in it.
  void unwatch(RoomName room) {
    boolean _ = forgetWatched(room);
    Seat seat = seats.get(room);
    boolean joined = seat != null && seat.counted() && seat.membership().conversation();
    if (!joined) {
      depart(room);
    }
  }

  /// Makes sure that the user may hear this room.
  Future<?> ensureMayHear(RoomName room) {
    return hears(room) ? Future.succeededFuture() : askToEnter(room, Purpose.WATCH);
  }

  /// Makes sure that one command may be about this room.
  Future<?> ensureMayUse(RoomName room) {
    return isIn(room)
        ? Future.succeededFuture()
        : bus.call(addressOf(room), request(new EnterRoom(room, Purpose.USE)), Reply.Entered.class);
  }

  /// Whoever watches the room goes on hearing it.
  Future<Reply.Left> leave(RoomName room) {
    Seat seat = seats.get(room);
    if (seat != null && seat.membership().conversation() && watched.contains(room)) {
      seats.put(room, seat.uncounted());
      last = room.equals(last) ? null : last;
    } else {
      boolean _ = drop(room);
    }
    stopFollowing(room);
    return bus.call(addressOf(room), request(new Depart(room, true)), Reply.Left.class);
  }

  /// Lets a seat have what was missed, and what comes; its answer was written. Where there is no
  /// chat nothing waits for the user, and nobody has to wait for that.
  void start(RoomName room) {
    Seat seat = seats.get(room);
    if (seat != null && unstarted.contains(room)) {
      unstarted.remove(room);
      if (seat.membership().conversation()) {
        start(seat.subscription());
      } else {
        feed.start(seat.subscription());
      }
    }
  }

  private void start(Subscription subscription) {
    if (open) {
      feed.start(subscription);
    } else {
      placed = placed.isEmpty() ? new ArrayList<>() : placed;
      placed.add(subscription);
    }
  }

  /// From now on what is heard of the rooms is written.
  void open() {
    open = true;
    placed.forEach(feed::start);
    placed = List.of();
  }

  /// Runs `next` when it is known of all rooms that are followed where they stand.
  void whenPlaced(Runnable next) {
    if (unplaced == 0) {
      next.run();
    } else {
      whenPlaced = next;
    }
  }

  private void onSettled(Subscription subscription) {
    unplaced--;
    if (!subscription.hasEnded()) {
      start(subscription);
    }
    Runnable next = whenPlaced;
    if (unplaced == 0 && next != null) {
      whenPlaced = null;
      next.run();
    }
  }

  /// Chat of a room after this is written live; empty if none of it is.
  Optional<Position> liveAfter(RoomName room) {
    Seat seat = seats.get(room);
    if (seat != null) {
      return Optional.of(seat.subscription().base());
    }
    return session.followsConversations()
        ? Optional.ofNullable(followed.get(room))
            .filter(each -> !each.hasEnded())
            .map(Subscription::base)
        : Optional.empty();
  }

  /// What was written of rooms in which the user takes part, as far as it is more than at the last
  /// call.
  List<Delivered> takeWritten() {
    List<Delivered> all = new ArrayList<>(left);
    left = List.of();
    seats.values().stream()
        .filter(seat -> seat.counted() && seat.membership().conversation())
        .forEach(seat -> addWritten(seat.subscription(), all));
    followed.values().forEach(each -> addWritten(each, all));
    return all;
  }

  private static void addWritten(Subscription subscription, List<Delivered> all) {
    subscription
        .takeWritten()
        .ifPresent(
            upTo ->
                all.add(
                    new Delivered(
                        StreamId.of(subscription.room()), subscription.base().seq(), upTo)));
  }

  private void end(Subscription subscription) {
    if (left.size() < MAX_LEFT) {
      left = left.isEmpty() ? new ArrayList<>() : left;
      addWritten(subscription, left);
    }
    feed.leave(subscription);
  }

  /// What every connection is in from its opening on: the rooms of an administrator, and those in
  /// which the user takes part. Never fails: what cannot be read now is not followed.
  Future<?> enterFirst(boolean admin) {
    Future<?> first = admin ? join(RoomName.ADMIN, Optional.empty()) : Future.succeededFuture();
    return Future.join(first, followParticipations())
        .otherwiseEmpty()
        .onComplete(_ -> start(RoomName.ADMIN));
  }

  private Future<?> followParticipations() {
    return bus.call(
            Addresses.rooms(bus.shards().of(session.user())),
            request(new ListParticipations(session.user())),
            Reply.Participations.class)
        .onSuccess(reply -> reply.rooms().forEach(this::follow));
  }

  void follow(RoomName room) {
    if (session.isOpen() && !seats.containsKey(room) && !followed.containsKey(room)) {
      followed = mutable(followed);
      unplaced++;
      followed.put(room, feed.follow(session, room, this::onSettled));
    }
  }

  void stopFollowing(RoomName room) {
    if (!followed.isEmpty()) {
      Optional.ofNullable(followed.remove(room)).ifPresent(this::end);
    }
  }

  /// The user may not be there any more.
  void onRevoked(RoomName room) {
    stopFollowing(room);
    if (drop(room)) {
      bus.send(addressOf(room), request(new Depart(room, true)));
    }
  }

  /// The names of the rooms joined.
  JsonArray toJson() {
    return new JsonArray(seats.keySet().stream().filter(this::isIn).map(RoomName::value).toList());
  }

  void close() {
    List.copyOf(seats.keySet()).forEach(this::depart);
    List.copyOf(followed.values()).forEach(feed::leave);
    followed = Map.of();
  }

  private void depart(RoomName room) {
    boolean counted = isIn(room);
    if (drop(room) && counted) {
      bus.send(addressOf(room), request(new Depart(room, false)));
    }
  }

  private boolean drop(RoomName room) {
    boolean _ = forgetWatched(room);
    Seat seat = seats.get(room);
    if (seat == null) {
      return false;
    }
    seats.remove(room);
    end(seat.subscription());
    if (!shown.isEmpty()) {
      shown.remove(room);
    }
    if (!unstarted.isEmpty()) {
      unstarted.remove(room);
    }
    if (room.equals(last)) {
      last = null;
    }
    return true;
  }

  private Future<Reply.Joined> seat(RoomName room, Optional<Position> since, Purpose purpose) {
    if (!seats.containsKey(room) && seats.size() + entering.size() >= maxRooms) {
      return refuse(
          Rejection.invalid("room", "A connection may join at most " + maxRooms + " rooms"));
    }
    Future<Reply.Joined> joined = new Joining(this, room, since, purpose).begin();
    if (!joined.isComplete()) {
      entering = mutable(entering);
      entering.put(room, joined);
      joined = joined.onComplete(_ -> entering.remove(room));
    }
    return joined;
  }

  Future<Reply.Entered> askToEnter(RoomName room, Purpose purpose) {
    return bus.call(addressOf(room), request(new EnterRoom(room, purpose)), Reply.Entered.class);
  }

  Future<Entry> takePlace(RoomName room, Optional<Position> since) {
    return session.isOpen() ? feed.join(session, room, since) : refuse(Rejection.internal());
  }

  /// Keeps a seat, in place of an earlier one.
  void keep(RoomName room, Seat seat) {
    stopFollowing(room);
    seats = mutable(seats);
    Optional.ofNullable(seats.put(room, seat)).ifPresent(old -> end(old.subscription()));
    unstarted = unstarted.isEmpty() ? new HashSet<>() : unstarted;
    unstarted.add(room);
    if (seat.counted() && seat.membership().conversation()) {
      last = room;
    }
  }

  /// Gives back a seat that was refused after all, or whose answer was lost: it may be counted.
  void giveBack(RoomName room, Seat seat) {
    feed.leave(seat.subscription());
    if (seats.remove(room, seat)) {
      unstarted.remove(room);
      bus.send(addressOf(room), request(new Depart(room, false)));
    }
  }

  /// The connection went while its place was made; nobody would give the seat back later.
  Future<Reply.Joined> leaveUncounted(Seat seat) {
    feed.leave(seat.subscription());
    return refuse(Rejection.internal());
  }

  Future<Reply.Arrived> announce(RoomName room) {
    return bus.call(addressOf(room), request(new Arrive(room, showsStates)), Reply.Arrived.class);
  }

  /// Whether the client does not know this state or a later one; if so, it does from now on.
  boolean isNews(RoomState state) {
    if (!showsStates || shown.getOrDefault(state.room(), -1L) >= state.revision()) {
      return false;
    }
    shown = mutable(shown);
    shown.put(state.room(), state.revision());
    return true;
  }

  /// The client gets this state with an answer.
  void onShown(RoomState state) {
    boolean _ = isNews(state);
  }

  /// Waits for its turn: what is sent after it and names no room means this one.
  void onAsked(RoomName room) {
    asked = room;
  }

  /// It had its turn, well or not.
  void onAnswered(RoomName room) {
    if (room.equals(asked)) {
      asked = null;
    }
  }

  private String addressOf(RoomName room) {
    return Addresses.rooms(bus.shards().of(room));
  }

  private Request request(Command command) {
    return new Request(caller.get(), command);
  }

  private static <T> Future<T> refuse(Rejection rejection) {
    return Future.failedFuture(new RejectedException(rejection));
  }

  private static <T> Map<RoomName, T> mutable(Map<RoomName, T> map) {
    return map instanceof HashMap ? map : new HashMap<>(map);
  }
}
