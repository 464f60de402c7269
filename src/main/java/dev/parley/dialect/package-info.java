/// Wire formats. A dialect translates frames into commands, and events and replies into frames; it
/// has no rules and no state of its own. A new wire format is one new file here and one line in
/// [Dialects].
@NullMarked
@CheckReturnValue
package dev.parley.dialect;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
