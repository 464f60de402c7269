package dev.parley.observe;

import static dev.parley.observe.Metric.Kind.COUNTER;
import static dev.parley.observe.Metric.Kind.GAUGE;
import static dev.parley.observe.Metric.Kind.SUMMARY;
import static dev.parley.observe.Metric.Kind.TIMER;

import java.util.Optional;

/// Every meter of Parley's own: its name, tag, and meaning. `docs/metrics.md` is this list; a test
/// compares them.
public enum Metric {
  CONNECTIONS("parley.connections", GAUGE, "Open connections, authenticated or not", "dialect"),
  SESSIONS("parley.sessions", GAUGE, "Connections whose user is known", "dialect"),
  FRAMES_IN("parley.frames.in", COUNTER, "Messages received", "dialect"),
  FRAMES_OUT("parley.frames.out", COUNTER, "Messages written", "dialect"),
  BYTES_IN("parley.bytes.in", COUNTER, "Bytes received in frames", "dialect"),
  BYTES_OUT("parley.bytes.out", COUNTER, "Bytes written in frames", "dialect"),
  DELIVERIES("parley.deliveries", COUNTER, "Events written, counted per receiver", "dialect"),
  FAN_OUT("parley.fanout", SUMMARY, "Receivers of one event on this node"),
  ENCODE("parley.encode", TIMER, "Encoding one event once for a dialect", "dialect"),
  DROPPED("parley.dropped", COUNTER, "Ephemeral events a receiver did not get", "how"),
  PACED("parley.paced", COUNTER, "Events that have a pace, counted where they meet it", "how"),
  SLOW_CONSUMERS(
      "parley.slow.consumers", COUNTER, "Connections closed because they read too slowly"),
  ERRORS("parley.errors", COUNTER, "Commands refused or failed", "code"),
  COMMANDS("parley.commands", TIMER, "From a command's arrival to its answer", "command"),
  RATE_LIMITED("parley.rate.limited", COUNTER, "What a limit refused", "limit"),
  LEASES("parley.rate.leases", COUNTER, "Shares of common rates asked of the store", "outcome"),
  AUTH_FAILURES("parley.auth.failures", COUNTER, "Tokens refused", "cause"),
  CLOSES("parley.closes", COUNTER, "Connections that ended, by who or what ended them", "cause"),
  CATCH_UPS("parley.catchups", COUNTER, "Rooms joined at an earlier position", "outcome"),
  RESUMES("parley.resumes", COUNTER, "Rooms of resumed sessions", "outcome"),
  FORWARDED("parley.forwarded", COUNTER, "Events for other nodes, once per node", "how"),
  UNANSWERED(
      "parley.nodes.unanswered",
      COUNTER,
      "Questions about connections that another node did not answer in time"),
  STANDSTILLS("parley.standstills", COUNTER, "Times the process did nothing for 3 s or more"),
  CLUSTER_NODES(
      "parley.cluster.nodes", GAUGE, "Nodes of the cluster that this one sees, with itself"),
  CLUSTER_STALE(
      "parley.cluster.stale", GAUGE, "Other nodes of which not all is known that they say"),
  CLUSTER_ROWS("parley.cluster.rows", GAUGE, "What other nodes say, as this one knows it, in rows"),
  CLUSTER_CHANGES(
      "parley.cluster.changes", COUNTER, "Nodes that came or went, as this one saw it", "what"),
  LINK_BYTES("parley.link.bytes", GAUGE, "Events for another node that are not sent yet", "node"),
  DUTY("parley.duty", GAUGE, "1 on the node that does some work for all", "duty"),
  ROOM_FIGURES("parley.room.figures", GAUGE, "Rooms whose messages and users are counted"),
  STORE_APPEND("parley.store.append", TIMER, "From an append's call until it is durable"),
  STORE_BATCH("parley.store.batch", SUMMARY, "Appends made durable by one commit"),
  MACHINE_READ("parley.machine.read", TIMER, "Reading the machine's counters for a sample"),
  CACHE("parley.cache", GAUGE, "What a bounded cache holds", "cache"),
  QUEUE("parley.queue", GAUGE, "What waits in a bounded queue", "queue"),
  LOOP_LAG("parley.loop.lag", TIMER, "How late an event loop runs a timer", "loop");

  /// What Micrometer makes of it, and Prometheus shows.
  enum Kind {
    GAUGE,
    COUNTER,
    SUMMARY,
    TIMER
  }

  private final String id;
  private final Kind kind;
  private final String text;
  private final Optional<String> tag;

  Metric(String id, Kind kind, String text) {
    this(id, kind, text, Optional.empty());
  }

  Metric(String id, Kind kind, String text, String tag) {
    this(id, kind, text, Optional.of(tag));
  }

  Metric(String id, Kind kind, String text, Optional<String> tag) {
    this.id = id;
    this.kind = kind;
    this.text = text;
    this.tag = tag;
  }

  /// Micrometer's name; Prometheus writes `_` for `.` and adds `_total` or `_seconds`.
  public String id() {
    return id;
  }

  Kind kind() {
    return kind;
  }

  String text() {
    return text;
  }

  /// The name of its tag, if it has one; none has several.
  public Optional<String> tag() {
    return tag;
  }
}
