/// The shared store against a real redis-server: the contract of all stores, and what may happen to
/// Redis and the way to it.
@NullMarked
package dev.parley.store.redis;

import org.jspecify.annotations.NullMarked;
