package dev.parley.observe;

import dev.parley.protocol.ChatEvent;
import dev.parley.protocol.ChatEvent.ChatPosted;
import dev.parley.protocol.CustomMessage;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.JobEvent;
import dev.parley.protocol.MetricsEvent;
import dev.parley.protocol.NewerEvent;
import dev.parley.protocol.NotificationEvent;
import dev.parley.protocol.OperationsEvent;
import dev.parley.protocol.PresenceEvent;
import dev.parley.protocol.PresenceEvent.UserActivity;
import dev.parley.protocol.RoomEvent;
import dev.parley.protocol.RoomEvent.RoomMessage;
import dev.parley.protocol.RoomKind;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.SessionEvent;
import dev.parley.protocol.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// What this node tells rooms, counted once per message whoever hears it. Any thread may count and
/// ask. Of the rooms whose last activity is oldest, those beyond the bound are forgotten.
public final class RoomFigures {
  private static final int MAX_ROOMS = 10_000;
  private static final int STRIPES = 16;
  private static final double AVERAGED_HOURS = 24;
  private static final double LEAST_HOURS = 1;
  private static final double MILLIS_PER_HOUR = Duration.ofHours(1).toMillis();

  private final List<Stripe> stripes = new ArrayList<>();
  private final Map<RoomKind, LongAdder> messages = new EnumMap<>(RoomKind.class);

  RoomFigures() {
    this(MAX_ROOMS, STRIPES);
  }

  RoomFigures(int maxRooms, int stripes) {
    for (int i = 0; i < stripes; i++) {
      this.stripes.add(new Stripe(maxRooms / stripes));
    }
    for (RoomKind kind : RoomKind.values()) {
      messages.put(kind, new LongAdder());
    }
  }

  /// This node published an event.
  public void onEvent(Envelope envelope, Instant at) {
    switch (envelope.event()) {
      case ChatPosted(var message) -> onMessage(message.room(), at);
      case RoomMessage message -> onMessage(message.room(), at);
      case CustomMessage _ -> envelope.topics().forEach(topic -> onCustom(topic, at));
      case UserActivity(var activity, _, var room, _) when activity.equals("joined_room") ->
          room.ifPresent(name -> onArrival(name, at));
      case ChatEvent _,
          RoomEvent _,
          PresenceEvent _,
          SessionEvent _,
          JobEvent _,
          MetricsEvent _,
          NotificationEvent _,
          OperationsEvent _,
          NewerEvent _ -> {}
    }
  }

  /// Something was sent to a room.
  public void onMessage(RoomName room, Instant at) {
    Objects.requireNonNull(messages.get(RoomKind.of(room))).increment();
    stripeOf(room).onMessage(room, at);
  }

  void onArrival(RoomName room, Instant at) {
    stripeOf(room).onArrival(room, at);
  }

  private void onCustom(Topic topic, Instant at) {
    if (topic instanceof Topic.OfRoom(RoomName room)) {
      onMessage(room, at);
    }
  }

  /// @return [RoomActivity#NONE] of a room that was forgotten, too
  public RoomActivity of(RoomName room, Instant now) {
    return stripeOf(room).of(room, now);
  }

  /// Messages since the start.
  public Map<RoomKind, Long> messagesByKind() {
    Map<RoomKind, Long> counts = new EnumMap<>(RoomKind.class);
    messages.forEach((kind, count) -> counts.put(kind, count.sum()));
    return counts;
  }

  /// Rooms that are remembered.
  public int size() {
    return stripes.stream().mapToInt(Stripe::size).sum();
  }

  private Stripe stripeOf(RoomName room) {
    return stripes.get(Math.floorMod((room.hashCode() * 0x9E3779B9) >> 8, stripes.size()));
  }

  /// A part of the rooms, in the order of their last activity.
  private static final class Stripe {
    private final Map<RoomName, Counted> rooms = new LinkedHashMap<>();
    private final int maxRooms;

    Stripe(int maxRooms) {
      this.maxRooms = maxRooms;
    }

    synchronized void onMessage(RoomName room, Instant at) {
      Counted counted = count(room, at);
      counted.messages++;
    }

    synchronized void onArrival(RoomName room, Instant at) {
      Counted counted = count(room, at);
      counted.arrivals = counted.arrivalsAt(at) + 1;
      counted.arrivalsAsOf = at;
    }

    synchronized RoomActivity of(RoomName room, Instant now) {
      Counted counted = rooms.get(room);
      return counted == null ? RoomActivity.NONE : counted.toActivity(now);
    }

    synchronized int size() {
      return rooms.size();
    }

    private Counted count(RoomName room, Instant at) {
      Counted known = rooms.remove(room);
      Counted counted = known == null ? new Counted(at) : known;
      counted.last = at;
      rooms.put(room, counted);
      if (rooms.size() > maxRooms) {
        rooms.remove(rooms.keySet().iterator().next());
      }
      return counted;
    }
  }

  /// Arrivals fade: one a day ago counts for a third of one now.
  private static final class Counted {
    private final Instant first;
    private Instant last;
    private long messages;
    private double arrivals;
    private Instant arrivalsAsOf;

    Counted(Instant first) {
      this.first = first;
      this.last = first;
      this.arrivalsAsOf = first;
    }

    double arrivalsAt(Instant now) {
      return arrivals * Math.exp(-hours(arrivalsAsOf, now) / AVERAGED_HOURS);
    }

    /// With λ arrivals an hour for so long, what has not faded is λ times the hours that count.
    RoomActivity toActivity(Instant now) {
      double age = Math.max(LEAST_HOURS, hours(first, now));
      double hoursThatCount = AVERAGED_HOURS * (1 - Math.exp(-age / AVERAGED_HOURS));
      return new RoomActivity(messages, Optional.of(last), arrivalsAt(now) / hoursThatCount);
    }

    private static double hours(Instant from, Instant to) {
      return Math.max(0, Duration.between(from, to).toMillis() / MILLIS_PER_HOUR);
    }
  }
}
