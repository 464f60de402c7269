/// What tests of several packages share: a bus to ask domains over, what they publish, and the end
/// of processes that tests start.
@NullMarked
package dev.parley.kit;

import org.jspecify.annotations.NullMarked;
