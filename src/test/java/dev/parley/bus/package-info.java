@NullMarked
package dev.parley.bus;

import org.jspecify.annotations.NullMarked;
