package dev.parley;

/// What `java -jar parley.jar` starts.
public final class Main {
  private Main() {}

  /// Runs one command of the command line.
  ///
  /// @param args the words after the jar's name
  public static void main(String[] args) {
    System.out.println("Parley is being built: no command works yet.");
  }
}
