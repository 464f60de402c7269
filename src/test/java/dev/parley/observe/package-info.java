@NullMarked
package dev.parley.observe;

import org.jspecify.annotations.NullMarked;
