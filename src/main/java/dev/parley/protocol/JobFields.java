package dev.parley.protocol;

import java.util.Optional;

/// What clients and verticles say of jobs. Bounds of length are the domain's.
public final class JobFields {
  private static final String JOB_ID = "job_id";
  private static final String STATUS = "status";
  private static final String PROGRESS = "progress";
  private static final int ANY = Integer.MAX_VALUE;

  private JobFields() {}

  /// An id that is a number counts as its decimal text.
  public static JobId id(Fields in) {
    Object id = in.value(JOB_ID).raw();
    String text =
        id instanceof Integer || id instanceof Long ? id.toString() : in.text(JOB_ID, ANY);
    return JobId.parse(text)
        .orElseThrow(
            () -> Fields.wrong(JOB_ID, "must be 1–128 of letters, digits and . _ - @ : | +"));
  }

  public static Optional<JobId> optionalId(Fields in) {
    return in.has(JOB_ID) ? Optional.of(id(in)) : Optional.empty();
  }

  public static JobStatus status(Fields in) {
    return JobStatus.parse(in.text(STATUS, ANY))
        .orElseThrow(
            () -> Fields.wrong(STATUS, "must be pending, running, completed, failed or cancelled"));
  }

  public static Optional<JobStatus> optionalStatus(Fields in) {
    return in.has(STATUS) ? Optional.of(status(in)) : Optional.empty();
  }

  /// What is told of a job.
  public static JobUpdate update(JobId id, Fields in) {
    return new JobUpdate(
        id,
        status(in),
        in.has(PROGRESS) ? Optional.of(in.decimal(PROGRESS)) : Optional.empty(),
        in.optionalText("name", ANY),
        in.optionalUser("owner"),
        in.optionalText("error", ANY),
        in.value("result"));
  }
}
