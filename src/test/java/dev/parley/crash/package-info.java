/// Servers that are killed while they work, and what their clients may expect all the same.
@NullMarked
package dev.parley.crash;

import org.jspecify.annotations.NullMarked;
