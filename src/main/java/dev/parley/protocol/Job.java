package dev.parley.protocol;

import java.time.Instant;
import java.util.Optional;

/// Work that goes on somewhere, as it was last told.
///
/// @param progress 0–100
/// @param owner for whom it is done
/// @param error why it failed
/// @param result what came of it, as its application gave it
/// @param updatedAt later with each update, on all nodes
public record Job(
    JobId id,
    JobStatus status,
    double progress,
    Optional<String> name,
    Optional<UserId> owner,
    Optional<String> error,
    JsonValue result,
    Instant createdAt,
    Instant updatedAt) {}
