/// How this node's machine stands, for those who watch.
///
/// - [Machine] reads counters: [LinuxMachine] what the kernel tells, [PlainMachine] what the JVM
///   knows on any other system. Both block.
/// - [Samples] makes a sample of two readings, [Rhythm] says when one is due; both are pure.
/// - [Sampler] takes readings on a worker and keeps the newest sample.
/// - [MetricsVerticle] is the shell: one per node. It samples while somebody watches, on any node,
///   and brings the sample to the room `system_monitoring` and the topics `metrics` and `all`. Who
///   begins to watch is answered with a fresh one and does not get it twice.
@NullMarked
@CheckReturnValue
package dev.parley.metrics;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
