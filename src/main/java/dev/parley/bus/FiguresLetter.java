package dev.parley.bus;

import dev.parley.observe.Latency;
import dev.parley.observe.NodeFigures;
import dev.parley.observe.RoomActivity;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Fields;
import dev.parley.protocol.NodeId;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.RoomKind;
import dev.parley.protocol.RoomName;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Figures as one node tells them to another: JSON objects. Fields, kinds and codes that only newer
/// nodes know are ignored; numbers that only newer nodes tell are 0.
public final class FiguresLetter {
  private static final int ANY = Integer.MAX_VALUE;
  private static final int MAX_ROOMS = 1_000;
  private static final String ROOMS = "rooms";

  private FiguresLetter() {}

  public static Buffer encode(NodeFigures figures) {
    JsonObject latencies = new JsonObject();
    figures.latencies().forEach((name, latency) -> latencies.put(name, json(latency)));
    return new JsonObject()
        .put("node", figures.node().value())
        .put("connections", figures.totalConnections())
        .put("authenticated", figures.authenticatedConnections())
        .put("users", figures.uniqueUsers())
        .put("most", figures.maxConnectionsPerUser())
        .put(ROOMS, json(figures.roomsByKind(), RoomKind::word))
        .put("sent", figures.messagesSent())
        .put("received", figures.messagesReceived())
        .put("rate", figures.messagesPerSecond())
        .put("uptime", figures.uptimeSeconds())
        .put("messages", json(figures.messagesByRoomKind(), RoomKind::word))
        .put("dialects", json(figures.connectionsByDialect(), name -> name))
        .put("errors", json(figures.errorsByCode(), ErrorCode::name))
        .put("latencies", latencies)
        .put("heap_used", figures.heapUsed())
        .put("heap_max", figures.heapMax())
        .toBuffer();
  }

  /// @throws IllegalArgumentException if it is none
  public static NodeFigures decode(Buffer letter) {
    return reading(letter, FiguresLetter::figures);
  }

  /// Which rooms another node is asked about; at most 1,000.
  public static Buffer question(List<RoomName> rooms) {
    JsonArray names = new JsonArray();
    rooms.forEach(room -> names.add(room.value()));
    return new JsonObject().put(ROOMS, names).toBuffer();
  }

  /// @throws IllegalArgumentException if it is none
  public static List<RoomName> roomsIn(Buffer letter) {
    return reading(
        letter,
        in ->
            in.texts(ROOMS, MAX_ROOMS, ANY).stream()
                .map(RoomName::parse)
                .flatMap(Optional::stream)
                .toList());
  }

  /// What goes on in rooms; those where nothing does are left out.
  public static Buffer encode(Map<RoomName, RoomActivity> rooms) {
    JsonObject all = new JsonObject();
    rooms.forEach((room, activity) -> all.put(room.value(), json(activity)));
    return new JsonObject().put(ROOMS, all).toBuffer();
  }

  /// @throws IllegalArgumentException if it is none
  public static Map<RoomName, RoomActivity> activityIn(Buffer letter) {
    return reading(letter, FiguresLetter::activities);
  }

  private static <T> T reading(Buffer letter, Function<Fields, T> reader) {
    try {
      return reader.apply(new Fields(letter.toJsonObject()));
    } catch (RejectedException e) {
      throw new IllegalArgumentException(e.rejection().text(), e);
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalArgumentException("no figures", e);
    }
  }

  private static NodeFigures figures(Fields in) {
    SortedMap<String, Latency> latencies = new TreeMap<>();
    Fields times = part(in, "latencies");
    times.object().fieldNames().forEach(name -> latencies.put(name, latency(times.fields(name))));
    return new NodeFigures(
        new NodeId(in.text("node", ANY)),
        count(in, "connections"),
        count(in, "authenticated"),
        count(in, "users"),
        count(in, "most"),
        counts(RoomKind.class, RoomKind::word, part(in, ROOMS)),
        count(in, "sent"),
        count(in, "received"),
        decimal(in, "rate"),
        count(in, "uptime"),
        counts(RoomKind.class, RoomKind::word, part(in, "messages")),
        counts(part(in, "dialects")),
        counts(ErrorCode.class, ErrorCode::name, part(in, "errors")),
        latencies,
        count(in, "heap_used"),
        count(in, "heap_max"));
  }

  private static JsonObject json(Latency latency) {
    return new JsonObject()
        .put("nanos", latency.totalNanos())
        .put("classes", json(latency.classes(), String::valueOf));
  }

  private static Latency latency(Fields in) {
    SortedMap<Integer, Long> classes = new TreeMap<>();
    counts(part(in, "classes")).forEach((index, n) -> classes.put(Integer.valueOf(index), n));
    return new Latency(count(in, "nanos"), classes);
  }

  private static JsonObject json(RoomActivity activity) {
    JsonObject json =
        new JsonObject()
            .put("messages", activity.messagesSent())
            .put("users", activity.usersPerHour());
    activity.lastActivity().ifPresent(at -> json.put("last", at));
    return json;
  }

  private static Map<RoomName, RoomActivity> activities(Fields in) {
    Map<RoomName, RoomActivity> activities = new HashMap<>();
    Fields rooms = in.fields(ROOMS);
    for (String name : rooms.object().fieldNames()) {
      RoomName.parse(name).ifPresent(room -> activities.put(room, activity(rooms.fields(name))));
    }
    return activities;
  }

  private static RoomActivity activity(Fields in) {
    return new RoomActivity(count(in, "messages"), in.optionalTime("last"), decimal(in, "users"));
  }

  private static <K> JsonObject json(Map<K, Long> counts, Function<K, String> word) {
    JsonObject json = new JsonObject();
    counts.forEach((key, count) -> json.put(word.apply(key), count));
    return json;
  }

  private static <K extends Enum<K>> Map<K, Long> counts(
      Class<K> type, Function<K, String> word, Fields in) {
    Map<K, Long> counts = new EnumMap<>(type);
    Arrays.stream(type.getEnumConstants())
        .filter(key -> in.has(word.apply(key)))
        .forEach(key -> counts.put(key, count(in, word.apply(key))));
    return counts;
  }

  private static SortedMap<String, Long> counts(Fields in) {
    SortedMap<String, Long> counts = new TreeMap<>();
    in.object().fieldNames().forEach(name -> counts.put(name, count(in, name)));
    return counts;
  }

  private static Fields part(Fields in, String name) {
    return in.optionalFields(name).orElseGet(() -> new Fields(new JsonObject()));
  }

  private static long count(Fields in, String name) {
    return in.optionalNumber(name, 0, Long.MAX_VALUE).orElse(0L);
  }

  private static double decimal(Fields in, String name) {
    return in.has(name) ? in.decimal(name) : 0;
  }
}
