package dev.parley.api;

import dev.parley.observe.AllFigures;
import io.vertx.core.Future;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// What `parley.stats.get` tells besides connections. Asked from any thread.
///
/// @param users who count as online
/// @param rooms with members
/// @param all what every node counts
public record Figures(IntSupplier users, IntSupplier rooms, Supplier<Future<AllFigures>> all) {}
