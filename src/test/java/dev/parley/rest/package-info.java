/// Plain HTTP, asked of real nodes.
@NullMarked
package dev.parley.rest;

import org.jspecify.annotations.NullMarked;
