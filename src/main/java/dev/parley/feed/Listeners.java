package dev.parley.feed;

import dev.parley.protocol.Envelope;
import dev.parley.protocol.Position;
import dev.parley.protocol.RoomName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The loops that listen to one room. Belongs to the room's home loop.
final class Listeners {
  private final List<LoopFeed> loops = new ArrayList<>(1);

  boolean isEmpty() {
    return loops.isEmpty();
  }

  void add(LoopFeed loop) {
    if (!loops.contains(loop)) {
      loops.add(loop);
    }
  }

  void remove(LoopFeed loop) {
    loops.remove(loop);
  }

  void forEach(Consumer<LoopFeed> consumer) {
    List.copyOf(loops).forEach(consumer);
  }

  void deliver(RoomName room, Envelope envelope) {
    if (loops.isEmpty()) {
      return;
    }
    Delivery delivery = new Delivery(envelope, loops.size());
    for (LoopFeed loop : loops) {
      loop.onDelivery(room, delivery);
    }
  }

  void reset(RoomName room, Envelope news, Position head) {
    if (loops.isEmpty()) {
      return;
    }
    Delivery delivery = new Delivery(news, loops.size());
    for (LoopFeed loop : loops) {
      loop.onReset(room, delivery, head);
    }
  }
}
