package dev.parley;

import dev.parley.auth.limits.OtherCounts;
import dev.parley.cluster.Rows;

/// The connections of each node as rows: a node that is gone has none at once.
record SharedCounts(Rows rows) implements OtherCounts {
  @Override
  public int open(String key) {
    return rows.all(key).values().stream().mapToInt(Integer::parseInt).sum();
  }

  @Override
  public void tell(String key, int open) {
    if (open > 0) {
      rows.put(key, Integer.toString(open));
    } else {
      rows.remove(key);
    }
  }
}
