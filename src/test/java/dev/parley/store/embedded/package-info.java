/// The embedded store: the contracts of its ports, its crash proof, and what only it promises.
@NullMarked
package dev.parley.store.embedded;

import org.jspecify.annotations.NullMarked;
