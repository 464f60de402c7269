/// Rights that are taken back: users blocked, tokens revoked.
///
/// - [RevocationLog] keeps what was decided: a record of each, and a stream of notices by which
///   every node learns of it ([dev.parley.store.EventLog]'s change feed says that there is more).
/// - [dev.parley.auth.Revocations] is what this node knows of it, for whoever checks a token.
/// - [RevocationsVerticle] decides, tells the other nodes to look, and reads all of it once in a
///   while.
@NullMarked
@CheckReturnValue
package dev.parley.revocations;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
