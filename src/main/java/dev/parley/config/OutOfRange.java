package dev.parley.config;

/// A section was made with a value that it does not allow. The loader turns it into a refusal.
public final class OutOfRange extends IllegalArgumentException {
  private final String key;
  private final String allowed;

  OutOfRange(String key, String allowed) {
    super(key + " must be " + allowed);
    this.key = key;
    this.allowed = allowed;
  }

  String key() {
    return key;
  }

  String allowed() {
    return allowed;
  }
}
