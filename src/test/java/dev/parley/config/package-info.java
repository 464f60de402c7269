/// What the server was told, and how it refuses.
@NullMarked
package dev.parley.config;

import org.jspecify.annotations.NullMarked;
