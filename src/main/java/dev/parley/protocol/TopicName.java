package dev.parley.protocol;

import java.util.Optional;
import java.util.Set;

/// What sessions may subscribe to besides rooms: 1–192 of letters, digits and `. _ - : @ | +`.
public record TopicName(String value) implements Comparable<TopicName> {
  public static final TopicName NOTIFICATIONS = new TopicName("notifications");
  public static final TopicName INVENTORY = new TopicName("inventory");
  public static final TopicName JOBS = new TopicName("jobs");
  public static final TopicName VMS = new TopicName("vms");
  public static final TopicName METRICS = new TopicName("metrics");

  /// Everything that any topic carries.
  public static final TopicName ALL = new TopicName("all");

  private static final String ONE_JOB = "job:";

  public TopicName {
    if (!Names.isTopicName(value)) {
      throw new IllegalArgumentException("not a topic: " + value);
    }
  }

  public static Optional<TopicName> parse(String text) {
    return Names.isTopicName(text) ? Optional.of(new TopicName(text)) : Optional.empty();
  }

  /// What happens to one job.
  public static TopicName of(JobId job) {
    return new TopicName(ONE_JOB + job);
  }

  /// The rooms that carry the same: only who may hear those may subscribe.
  public Set<RoomName> rooms() {
    if (equals(ALL)) {
      return Set.of(RoomName.BACKGROUND_JOBS, RoomName.SYSTEM_MONITORING);
    }
    if (equals(METRICS)) {
      return Set.of(RoomName.SYSTEM_MONITORING);
    }
    return equals(JOBS) || value.startsWith(ONE_JOB) ? Set.of(RoomName.BACKGROUND_JOBS) : Set.of();
  }

  @Override
  public int compareTo(TopicName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
