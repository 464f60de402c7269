/// The store that the nodes of a cluster share, on one Redis (a single server, or the master that
/// Sentinels name). `docs/decisions/005-redis-store.md` has the reasons.
///
/// - [RedisStore] opens it and is it; [RedisLog] and [RedisRecords] are its ports.
/// - Everything is a call of a [Script]: Lua, atomic, and safe to be sent twice. An append is one
///   call.
/// - A [Link] is one connection on one event loop that is made anew when it is lost; a partition
///   always uses the same one. [Intake] bounds what waits, [Pipeline] keeps the order, [Exchange]
///   talks over one open connection, [Answers] tells the askers, [Connector] opens it, by
///   [Sentinels] where there are some.
/// - A life of the store is Redis's `master_replid` ([Server]): every connection knows its own.
/// - Pure: [Pipeline], [Backoff], [Server], [Fault], [Cursor], [Replies].
///
/// Keys of a partition, after its tag `{parley.17}`:
///
/// | key | what |
/// |---|---|
/// | `s:stream` | hash: seq, number, stretches, life, what is trimmed |
/// | `e:n:stream` | hash of 1,024 events by seq: 17 bytes of header, payload |
/// | `c:stream` | list of the seqs of messages, for history |
/// | `k:stream`, `o:stream` | idempotency keys, current and older, with the answers given |
/// | `p:time` | answers to writes without a key, for as long as they may be sent again |
/// | `r:scope`, `n:scope` | records, and their keys in order |
/// | `f`, `g` | the change feed (a Redis stream), and where it stands |
/// | `d`, `y`, `w` | records that expire, rooms by age, streams with trimmed events to remove |
@NullMarked
@CheckReturnValue
package dev.parley.store.redis;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
