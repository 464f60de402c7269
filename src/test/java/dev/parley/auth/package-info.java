@NullMarked
package dev.parley.auth;

import org.jspecify.annotations.NullMarked;
