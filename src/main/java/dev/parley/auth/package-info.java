/// Who is at the door: tokens, where they come from, and how they are checked.
///
/// - [Credentials]: where on an upgrade or a request a token is.
/// - [TokenVerifier]: whether a token is good, and whom it names. The answer is a [Verdict]; what
///   can be wrong is a [Refusal]. The configuration alone says with which algorithm and whose keys:
///   a token's `alg` must be that one, `jku`, `x5u`, `x5c` and `jwk` are not even read, and `kid`
///   only picks among keys that the configured issuer publishes.
/// - [TokenIssuer]: makes tokens, for development and the command line.
/// - `auth.address`: who connects from where, behind which proxies, with which origin.
/// - `auth.limits`: how much of everything a user, an address and the node may have.
///
/// Nothing here keeps a token. Why the JDK's cryptography and not a library: decision 002.
@NullMarked
@CheckReturnValue
package dev.parley.auth;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
