package dev.parley.observe;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/// What is counted per dialect. Gateways keep theirs and count without looking anything up.
public final class DialectMeters {
  private final Count connections;
  private final Count sessions;
  private final Count framesIn;
  private final Count framesOut;
  private final Count bytesIn;
  private final Count bytesOut;
  private final Count deliveries;
  private final Timer encode;

  DialectMeters(Meters meters, String dialect) {
    connections = meters.gauge(Metric.CONNECTIONS, dialect);
    sessions = meters.gauge(Metric.SESSIONS, dialect);
    framesIn = meters.counter(Metric.FRAMES_IN, dialect);
    framesOut = meters.counter(Metric.FRAMES_OUT, dialect);
    bytesIn = meters.counter(Metric.BYTES_IN, dialect);
    bytesOut = meters.counter(Metric.BYTES_OUT, dialect);
    deliveries = meters.counter(Metric.DELIVERIES, dialect);
    encode = meters.timer(Metric.ENCODE, dialect);
  }

  /// A connection opened; `closed` must follow.
  public void opened() {
    connections.increment();
  }

  public void closed() {
    connections.decrement();
  }

  /// A connection's user became known; `ended` must follow.
  public void began() {
    sessions.increment();
  }

  public void ended() {
    sessions.decrement();
  }

  public void received(long bytes) {
    framesIn.increment();
    bytesIn.add(bytes);
  }

  public void sent(long frames, long bytes) {
    framesOut.add(frames);
    bytesOut.add(bytes);
  }

  /// An event was written to so many connections.
  public void delivered(long receivers) {
    deliveries.add(receivers);
  }

  public void encoded(long nanos) {
    encode.record(nanos, TimeUnit.NANOSECONDS);
  }

  /// Open now.
  long connections() {
    return connections.sum();
  }

  /// Open now, of known users.
  long sessions() {
    return sessions.sum();
  }

  long framesIn() {
    return framesIn.sum();
  }

  long framesOut() {
    return framesOut.sum();
  }
}
