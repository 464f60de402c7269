/// From where a client comes, as far as it can be believed.
///
/// - [IpAddress]: an address; parsing it never asks a name server.
/// - [ClientAddress]: whose address counts behind trusted proxies.
/// - [OriginPolicy]: which pages in a browser may connect.
@NullMarked
@CheckReturnValue
package dev.parley.auth.address;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
