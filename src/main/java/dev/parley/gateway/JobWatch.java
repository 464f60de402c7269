package dev.parley.gateway;

import dev.parley.protocol.Envelope;
import dev.parley.protocol.Job;
import dev.parley.protocol.JobEvent.JobUpdated;
import dev.parley.protocol.JobId;
import dev.parley.protocol.Outcome;
import dev.parley.protocol.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What happens to jobs while a connection that just began to listen waits for how they stand: it
/// comes after that answer, unless the answer knows it already.
final class JobWatch {
  private static final int MAX_HELD = 1_000;

  private final Map<JobId, Envelope> held = new LinkedHashMap<>();

  /// Keeps the newest event of a job.
  ///
  /// @return false if there is no room: the event is not held
  boolean hold(Envelope envelope, JobUpdated event) {
    JobId id = event.job().id();
    if (held.size() >= MAX_HELD && !held.containsKey(id)) {
      return false;
    }
    held.put(id, envelope);
    return true;
  }

  /// What is left to be said after the answer.
  List<Envelope> release(Outcome answer) {
    if (answer instanceof Reply.Jobs jobs) {
      jobs.jobs().forEach(this::forgetWhatIsKnown);
    }
    return List.copyOf(held.values());
  }

  private void forgetWhatIsKnown(Job known) {
    Optional.ofNullable(held.get(known.id()))
        .filter(envelope -> !isNewer(envelope, known))
        .ifPresent(_ -> held.remove(known.id()));
  }

  private static boolean isNewer(Envelope envelope, Job known) {
    return envelope.event() instanceof JobUpdated event
        && event.job().updatedAt().isAfter(known.updatedAt());
  }
}
