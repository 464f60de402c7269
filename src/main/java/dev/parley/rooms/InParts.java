package dev.parley.rooms;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Looks up something for each of many, some at a time, so that a long list does not fill the
/// store's queue.
final class InParts {
  private static final int AT_ONCE = 64;

  private InParts() {}

  /// @return in the order of `each`
  static <T, R> Future<List<R>> lookUp(List<T> each, Function<T, Future<R>> lookup) {
    return next(each, lookup, new ArrayList<>());
  }

  private static <T, R> Future<List<R>> next(
      List<T> each, Function<T, Future<R>> lookup, List<R> done) {
    if (done.size() == each.size()) {
      return Future.succeededFuture(done);
    }
    int end = Math.min(each.size(), done.size() + AT_ONCE);
    List<Future<R>> part = each.subList(done.size(), end).stream().map(lookup).toList();
    return Future.all(part)
        .compose(
            all -> {
              done.addAll(all.list());
              return next(each, lookup, done);
            });
  }
}
