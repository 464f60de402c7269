package dev.parley.jobs;

import dev.parley.bus.MessageBus;
import dev.parley.protocol.Envelope;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobEvent.JobUpdated;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.Topic;
import dev.parley.protocol.TopicName;
import java.util.List;

/// Tells of jobs: those who hear all of them, and those who hear one.
final class JobNews {
  private final MessageBus bus;

  JobNews(MessageBus bus) {
    this.bus = bus;
  }

  /// Something was stored.
  void tell(Job job) {
    bus.publish(envelope(job));
  }

  /// Something was found that perhaps nobody here was told of. Who was, is not told again.
  void repeatHere(Job job) {
    bus.deliver(envelope(job));
  }

  private static Envelope envelope(Job job) {
    return Envelope.ephemeral(
        new JobUpdated(job, Jobs.changeTo(job)),
        List.of(
            Topic.of(RoomName.BACKGROUND_JOBS),
            Topic.of(TopicName.JOBS),
            Topic.of(TopicName.of(job.id())),
            Topic.of(TopicName.ALL)));
  }
}
