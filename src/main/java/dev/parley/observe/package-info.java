/// What operators see: meters, health, logs.
///
/// - [Metric]: every meter with its name, tags and unit; `docs/metrics.md` is checked against it.
///   [Meters] is how the code counts; whatever is counted per frame costs a few nanoseconds.
/// - [EventLoopLag] measures, [JvmMeters] adds what the JVM knows of itself.
/// - [OwnFigures] makes [NodeFigures] of what is counted, for statistics; [AllFigures] adds up
///   those of several nodes. [RoomFigures] are of single rooms.
/// - [HealthChecks]: where components say how they are; `/health/live` and `/health/ready` show it.
/// - [Logging]: text or JSON lines on standard output. [AccessLog] and [Masked] keep tokens out.
///
/// Logging is SLF4J's fluent form: a constant text plus key-values,
/// `LOG.atInfo().addKeyValue("room", room).log("Room opened")`. Keys that mean the same everywhere:
/// `connection`, `user`, `room`, `id` (the client's correlation id), `node`, `error` (its text; the
/// exception itself by `setCause`). INFO is for what an operator would miss, WARN for what heals by
/// itself, ERROR for faults of ours. Payloads at TRACE only, tokens never.
@NullMarked
@CheckReturnValue
package dev.parley.observe;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
