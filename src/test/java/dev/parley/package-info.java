/// What holds for the whole house: the package table.
@NullMarked
package dev.parley;

import org.jspecify.annotations.NullMarked;
