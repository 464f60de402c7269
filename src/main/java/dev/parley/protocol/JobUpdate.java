package dev.parley.protocol;

import java.util.Optional;

/// What is told of a job. What is left out stays as it was.
///
/// @param progress 0–100
public record JobUpdate(
    JobId id,
    JobStatus status,
    Optional<Double> progress,
    Optional<String> name,
    Optional<UserId> owner,
    Optional<String> error,
    JsonValue result) {}
