package dev.parley.api;

import java.util.function.IntSupplier;

/// What `parley.stats.get` tells. Asked from any thread.
///
/// @param connections that are open
/// @param users who count as online
/// @param rooms with members
public record Figures(IntSupplier connections, IntSupplier users, IntSupplier rooms) {}
