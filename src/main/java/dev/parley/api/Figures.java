package dev.parley.api;

import java.util.function.IntSupplier;

/// What `parley.stats.get` tells besides connections. Asked from any thread.
///
/// @param users who count as online
/// @param rooms with members
public record Figures(IntSupplier users, IntSupplier rooms) {}
