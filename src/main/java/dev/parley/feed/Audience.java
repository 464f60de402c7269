package dev.parley.feed;

import dev.parley.protocol.Position;
import dev.parley.protocol.RoomName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The sessions of one loop that listen to a room. Belongs to that loop.
///
/// It is opening until the home topic has said where the stream stands; what is delivered before
/// that is older and is passed over.
final class Audience {
  private final RoomName room;
  private final Promise<Void> opened = Promise.promise();
  private final List<Subscription> joined = new ArrayList<>(2);
  private List<Subscription> followers = List.of();
  private @Nullable Tail tail;

  Audience(RoomName room) {
    this.room = room;
  }

  RoomName room() {
    return room;
  }

  /// Completes on the loop, once events flow, with the tail as it is then.
  Future<Tail> opened() {
    return opened.future().map(_ -> tail());
  }

  void open(Position position, int tailLength) {
    tail = new Tail(position, tailLength);
    opened.tryComplete();
  }

  void fail(Throwable cause) {
    opened.tryFail(cause);
  }

  boolean isOpen() {
    return tail != null;
  }

  /// The tail of an open audience.
  Tail tail() {
    if (tail == null) {
      throw new IllegalStateException("the audience of " + room + " is not open");
    }
    return tail;
  }

  void restart(Position position, int tailLength) {
    tail = new Tail(position, tailLength);
  }

  boolean isEmpty() {
    return joined.isEmpty() && followers.isEmpty();
  }

  void add(Subscription subscription) {
    List<Subscription> list = subscription.isJoined() ? joined : ownFollowers();
    subscription.index = list.size();
    list.add(subscription);
  }

  /// Puts the last one into its place, so that whoever walks backwards meets everybody once.
  void remove(Subscription subscription) {
    List<Subscription> list = subscription.isJoined() ? joined : followers;
    if (subscription.index < 0) {
      return;
    }
    Subscription last = list.removeLast();
    if (last != subscription) {
      list.set(subscription.index, last);
      last.index = subscription.index;
    }
    subscription.index = -1;
  }

  /// Visits the joined ones; a visited one may be removed meanwhile.
  void forEachJoined(Consumer<Subscription> visitor) {
    int _ = count(joined, each -> visit(each, visitor));
  }

  /// Visits those that only follow; a visited one may be removed meanwhile.
  void forEachFollower(Consumer<Subscription> visitor) {
    int _ = count(followers, each -> visit(each, visitor));
  }

  /// Visits the joined ones, likewise, and counts those for which it says so.
  int countJoined(Predicate<Subscription> visitor) {
    return count(joined, visitor);
  }

  int countFollowers(Predicate<Subscription> visitor) {
    return count(followers, visitor);
  }

  private static boolean visit(Subscription each, Consumer<Subscription> visitor) {
    visitor.accept(each);
    return true;
  }

  private static int count(List<Subscription> list, Predicate<Subscription> visitor) {
    int counted = 0;
    for (int i = list.size() - 1; i >= 0; i--) {
      if (i < list.size() && visitor.test(list.get(i))) {
        counted++;
      }
    }
    return counted;
  }

  private List<Subscription> ownFollowers() {
    if (followers.isEmpty()) {
      followers = new ArrayList<>(2);
    }
    return followers;
  }
}
