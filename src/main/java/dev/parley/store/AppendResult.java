package dev.parley.store;

import dev.parley.protocol.Stamp;
import java.util.List;

/// How an append ended.
public sealed interface AppendResult {
  /// @param stamps one per event, in order
  /// @param repeated the key had been used: this is the answer of then, and nothing was stored now
  record Appended(List<Stamp> stamps, boolean repeated) implements AppendResult {
    public Appended {
      stamps = List.copyOf(stamps);
    }

    public Stamp last() {
      return stamps.getLast();
    }
  }

  /// The stream was not where `expectedSeq` said.
  ///
  /// @param missed the events after the expected seq, at most 1,000 and about 8 MiB
  record Behind(List<StoredEvent> missed) implements AppendResult {
    public Behind {
      missed = List.copyOf(missed);
    }
  }

  /// An event or a record that the append replaces is not at the revision or version it was read
  /// at.
  record Stale() implements AppendResult {}
}
