package dev.parley.cli.bench;

import java.io.PrintStream;
import java.util.List;

/// The command `parley bench`.
public final class Bench {
  private static final int MEASURED = 0;
  private static final int NOT_AS_ASKED = 1;
  private static final int WRONG_USAGE = 2;

  private Bench() {}

  /// Measures a server.
  ///
  /// @param args the words after `bench`
  /// @return the exit code: 0 measured, 1 not measured as asked, 2 wrong usage
  public static int run(String... args) {
    return run(List.of(args), System.out, System.err);
  }

  static int run(List<String> words, PrintStream out, PrintStream err) {
    if (words.contains("--help") || words.contains("-h")) {
      out.print(Plan.HELP);
      return MEASURED;
    }
    try {
      Report report = new Run(Plan.parse(words), err).run();
      out.println(
          report.plan().json() ? report.toJson().encode() : report.toText().stripTrailing());
      return report.isGood() ? MEASURED : NOT_AS_ASKED;
    } catch (UsageException e) {
      err.println("parley bench: " + e.getMessage() + " (--help lists what there is)");
      return WRONG_USAGE;
    } catch (NotMeasuredException e) {
      err.println("parley bench: " + e.getMessage());
      return NOT_AS_ASKED;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return NOT_AS_ASKED;
    }
  }
}
