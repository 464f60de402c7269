@NullMarked
package dev.parley.auth.limits;

import org.jspecify.annotations.NullMarked;
