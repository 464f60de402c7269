/// The store of a node that runs alone: one SQLite file in a directory of its own.
///
/// - [EmbeddedStore] opens it, is it, and ends it. What keeps it from opening is a line for the
///   operator: [OpenResult.Refused].
/// - Writes wait in the queue of [Writes]; the one [Writer] thread takes whatever waits, performs
///   each on the [Ledger], commits once and answers all. While it commits, the next batch gathers.
/// - Reads are performed by the threads of [Readers], each on a connection of its own.
/// - Between two batches it moves the write-ahead log into the file ([Checkpoints]).
/// - The tables: [StreamTable], [EventTable], [EventPlaces] with [RecentEvents], [KeyTables] with
///   [RecentKeys], [RecordTable]; made by [Schema]. Events are read by [EventPages].
/// - House-keeping: [Sweep] removes rows, [Retention] trims rooms by age, [Erasure] clears the log.
/// - What is pure: [History] (epochs and positions), [Answer] (what a repeated append is told).
///
/// Every SQL statement is a constant of the table's class. `docs/store.md` is the operator's side.
@NullMarked
@CheckReturnValue
package dev.parley.store.embedded;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
