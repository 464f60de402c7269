/// Work that goes on somewhere, as applications tell of it.
///
/// - [JobRules] says who may tell what; [Jobs] decides what becomes of a job. Both are pure.
/// - [JobRecords] keeps jobs, each as one record that changes by compare-and-set, so that any node
///   may take any update: those that go on, and the finished ones by the time of their end.
/// - [JobLanes] takes the updates of one job at this node together; only other nodes are met by
///   comparing versions.
/// - [JobQueries] answers questions: those that come together share one reading ([SharedReads]).
/// - [JobNews] tells of what changed. [Heard] is what this node was told of jobs, [Rereading] looks
///   from time to time whether that is all: what the bus lost, or a node did not tell before it
///   died, is told then.
/// - [JobsVerticle] is the shell: one per shard.
@NullMarked
@CheckReturnValue
package dev.parley.jobs;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
