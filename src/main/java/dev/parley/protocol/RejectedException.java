package dev.parley.protocol;

/// A [Rejection] on its way through a chain of futures; whoever answers unwraps it. Carries no
/// stack trace: it is not a fault.
public final class RejectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Rejection rejection;

  public RejectedException(Rejection rejection) {
    super(rejection.code().name(), null, false, false);
    this.rejection = rejection;
  }

  public Rejection rejection() {
    return rejection;
  }
}
