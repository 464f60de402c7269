package dev.parley.store;

/// The store cannot serve now: it is unreachable, full, or its queue is. Whether the failed write
/// was stored is unknown. It heals by itself; callers answer `UNAVAILABLE`.
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message) {
    super(message, null, false, false);
  }

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause, false, false);
  }
}
