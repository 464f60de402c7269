package dev.parley.feed;

import dev.parley.protocol.Envelope;
import dev.parley.protocol.Topic;

/// The other nodes, to the [Hub]. Called from any thread.
public interface Neighbours {
  /// There are none.
  Neighbours NONE =
      new Neighbours() {
        @Override
        public void forward(Envelope envelope) {
          // Nobody else is there.
        }

        @Override
        public void onListening(Topic topic) {
          // Nobody asks.
        }

        @Override
        public void onSilent(Topic topic) {
          // Nobody asks.
        }

        @Override
        public boolean isHeard(Topic topic) {
          return false;
        }
      };

  /// Brings an event of this node to those of the others that have somebody who listens. It may be
  /// lost: durable events come again by the change feed.
  void forward(Envelope envelope);

  /// Somebody here listens to a topic, once more.
  void onListening(Topic topic);

  /// Once less.
  void onSilent(Topic topic);

  /// Whether another node said that somebody there listens to a topic. About one topic in a million
  /// is mistaken for another.
  boolean isHeard(Topic topic);
}
