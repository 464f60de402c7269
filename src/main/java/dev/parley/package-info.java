/// The composition root. `Main` is what the jar starts; it reads as a table of contents and is the
/// only class that may use every package.
@NullMarked
@CheckReturnValue
package dev.parley;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
