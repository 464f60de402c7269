package dev.parley.store;

import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;

/// The store cannot serve now: it is unreachable, full, or its queue is. Whether the failed write
/// was stored is unknown. It heals by itself; whoever asked is answered `UNAVAILABLE`.
public final class StoreUnavailableException extends RejectedException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message) {
    super(Rejection.unavailable(), message, null);
  }

  public StoreUnavailableException(String message, Throwable cause) {
    super(Rejection.unavailable(), message, cause);
  }
}
