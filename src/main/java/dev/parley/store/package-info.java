/// What must not be lost: narrow ports that state their guarantees (`streams.md`).
///
/// - [EventLog]: streams of events in one order each, appended atomically, read by position,
///   followed by change feed ([PartitionRound] for whoever does that regularly).
/// - [Records]: versioned values beside the streams, written alone or together with an append.
/// - [Duty]: what one of all that share the store does, and another when it is gone ([Tenure] is
///   its pure core).
///
/// All methods may be called from any thread and never block it; futures complete on the caller's
/// context. Two implementations pass one contract suite: `store.embedded` (SQLite, one node) and
/// `store.redis` (a cluster).
@NullMarked
@CheckReturnValue
package dev.parley.store;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
