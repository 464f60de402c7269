package dev.parley.store;

import dev.parley.protocol.Stamp;
import java.util.ArrayList;
import java.util.List;

/// What is kept with an idempotency key: enough to give a repeated append its first answer, even
/// when its events are forgotten.
///
/// @param seq of the append's last event
/// @param number counted events up to that one
/// @param events how many the append had, 1–64
/// @param counted a bit for each event that counts, the first event's lowest
public record Answer(long seq, long number, int events, long counted) {

  public static Answer of(Append append, Stamp last) {
    long counted = 0;
    for (int i = 0; i < append.events().size(); i++) {
      counted |= append.events().get(i).counted() ? 1L << i : 0;
    }
    return new Answer(last.seq(), last.number(), append.events().size(), counted);
  }

  public List<Stamp> stamps(History history) {
    var stamps = new ArrayList<Stamp>(events);
    long reached = number - Long.bitCount(counted);
    for (int i = 0; i < events; i++) {
      reached += counted >>> i & 1;
      stamps.add(history.stamp(seq - events + 1 + i, reached));
    }
    return stamps;
  }
}
