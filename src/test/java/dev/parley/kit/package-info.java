/// What tests of several packages share: a bus to ask domains over, and what they publish.
@NullMarked
package dev.parley.kit;

import org.jspecify.annotations.NullMarked;
