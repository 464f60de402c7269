package dev.parley.protocol;

import org.jspecify.annotations.Nullable;

/// A [Rejection] on its way through a chain of futures; whoever answers unwraps it. Carries no
/// stack trace: it is not a fault.
public class RejectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Rejection rejection;

  public RejectedException(Rejection rejection) {
    this(rejection, rejection.code().name(), null);
  }

  protected RejectedException(Rejection rejection, String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.rejection = rejection;
  }

  public Rejection rejection() {
    return rejection;
  }
}
