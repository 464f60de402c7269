import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs google-java-format over every Java file under `src`. The build calls it with `check` (lists
/// what is badly formatted and fails) or `apply` (rewrites it).
final class Format {
  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean apply = args.length == 1 && args[0].equals("apply");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(apply ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    try (var files = Files.walk(Path.of("src"))) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    if (!apply) {
      System.out.println("Checking the format; files listed here need `mvn -q -Pformat`:");
    }
    Main.main(arguments.toArray(String[]::new));
  }
}
