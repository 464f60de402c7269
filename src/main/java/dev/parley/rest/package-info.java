/// All that is asked by plain HTTP: health, metrics, the pages, the REST calls of the dialects, and
/// administration.
///
/// - [Routes] is the table; the calls come in groups (`ConnectCalls`, `AetherCalls`, …), each call
///   a line with its rights ([Rights]) and a handler from [Asked] to [Answer].
///   `webroot/openapi.yaml` describes them all.
/// - [Calls] makes routes of them: [Access] decides who may call, then [Bodies] reads the body.
///   What a call does beyond reading is a request on the bus ([DomainCalls]), as if a client had
///   asked.
/// - [Answers] writes answers, and errors in the [Shape] of their path; [Cors] lets pages of
///   permitted origins call.
/// - [Figures] are what the composition root counts.
@NullMarked
@CheckReturnValue
package dev.parley.rest;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
