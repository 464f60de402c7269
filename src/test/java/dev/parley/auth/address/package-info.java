@NullMarked
package dev.parley.auth.address;

import org.jspecify.annotations.NullMarked;
