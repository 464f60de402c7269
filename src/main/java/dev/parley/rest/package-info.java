/// All that is asked by plain HTTP: health, metrics, the pages, and administration.
///
/// [Routes] is the table. [Access] decides who may call; answers are JSON, errors
/// `{"error","code"}` ([Answers]). What a route does beyond reading is a request on the bus, as if
/// a client had asked.
@NullMarked
@CheckReturnValue
package dev.parley.rest;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
