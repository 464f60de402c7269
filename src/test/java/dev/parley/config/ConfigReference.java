package dev.parley.config;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes `docs/configuration.md` and `conf/parley.yaml` from the records: names and defaults from
/// their components, meanings from their `///` comments, bounds from what the loader answers to an
/// absurd value. Nothing about a key is written down twice.
final class ConfigReference {
  private static final Path SOURCES = Path.of("src/main/java/dev/parley/config");
  private static final Pattern RECORD = Pattern.compile("\\brecord (\\w+)\\(");
  private static final Pattern PARAM = Pattern.compile("@param (\\w+) ([^@]*)");

  /// The comment of each record, on one line.
  private final Map<String, String> comments = new HashMap<>();

  ConfigReference() throws IOException {
    try (var files = Files.list(SOURCES)) {
      for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        readComments(Files.readAllLines(file));
      }
    }
  }

  private void readComments(List<String> lines) {
    var comment = new ArrayList<String>();
    for (var line : lines) {
      if (line.strip().startsWith("///")) {
        comment.add(line.strip().substring(3).strip());
        continue;
      }
      var matcher = RECORD.matcher(line);
      if (matcher.find()) {
        comments.put(matcher.group(1), String.join(" ", comment));
      }
      comment.clear();
    }
  }

  /// `docs/configuration.md`.
  String markdown() {
    var text =
        new StringBuilder(
            """
            # Configuration

            Read once at start, the later winning: defaults, the file that `--conf` names, the environment, the
            command line (`--http.port=9000` or `--http.port 9000`). `PARLEY_<SECTION>_<KEY>` sets any key
            (`PARLEY_HTTP_PORT`, `PARLEY_DIALECTS_NEXUS_MESSAGES`); the older names in the last column work too. A
            secret may be given as a file: its name with `_FILE` (`_file`) behind it. An unknown key or a value that
            is not allowed ends the start with one line and exit code 2; an unknown `PARLEY_*` name is a warning.
            `parley check` prints what counts, secrets masked.

            Durations are `500ms`, `25s`, `10m`, `24h`, `365d` or plain seconds; sizes `64KiB`, `1MiB` or plain bytes;
            lists are YAML lists or separated by commas.

            This page and `conf/parley.yaml` are written from the code: `mvn -Pquick test -Dtest=ConfigReferenceTest
            -Dparley.update=true`.
            """);
    var section = "";
    for (var key : Key.ALL) {
      if (!sectionOf(key).equals(section) || text.indexOf("\n## ") < 0) {
        section = sectionOf(key);
        text.append(markdownHead(key));
      }
      text.append(markdownRow(key));
    }
    return text.toString();
  }

  private String markdownHead(Key key) {
    var name = sectionOf(key).isEmpty() ? "At the top" : sectionOf(key);
    return "\n## %s\n%s\n\n| key | default | allowed | meaning | older names |\n|---|---|---|---|---|\n"
        .formatted(name, summaryOf(key));
  }

  private String markdownRow(Key key) {
    var older = String.join(", ", key.setting().older());
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(key.name(), defaultOf(key), allowed(key), meaningOf(key), older);
  }

  private static String defaultOf(Key key) {
    var setting = key.setting();
    if (key.name().equals("rooms.rules")) {
      return "see `conf/parley.yaml`";
    }
    var shown = setting.value().isEmpty() ? "–" : "`" + setting.value() + "`";
    return setting.production().equals(Setting.SAME)
        ? shown
        : shown + "; production `" + setting.production() + "`";
  }

  /// `conf/parley.yaml`.
  String yaml() {
    var text =
        new StringBuilder(
            """
            # Parley's configuration: every key with its default. Start with `--conf conf/parley.yaml`.
            # The environment (PARLEY_HTTP_PORT=9000) and the command line (--http.port=9000) win over this file.
            # Durations: 500ms, 25s, 10m, 24h, 365d or plain seconds. Sizes: 64KiB, 1MiB or plain bytes.
            # In square brackets: what is allowed. "Also": environment names that older deployments set.
            """);
    var section = "";
    for (var key : Key.ALL) {
      if (!sectionOf(key).equals(section)) {
        text.append(yamlHead(section, key));
        section = sectionOf(key);
      }
      text.append(yamlEntry(key));
    }
    return text.toString();
  }

  private String yamlHead(String before, Key key) {
    var path = sectionOf(key);
    int dot = path.indexOf('.');
    var head = new StringBuilder("\n");
    if (dot > 0 && !before.startsWith(path.substring(0, dot))) {
      head.append(path, 0, dot).append(":\n");
    }
    head.append(comment(summaryOf(key), indent(path)));
    return head.append(indent(path)).append(path.substring(dot + 1)).append(":\n").toString();
  }

  private String yamlEntry(Key key) {
    var indent = sectionOf(key).isEmpty() ? "" : indent(sectionOf(key)) + "  ";
    var name = key.name().substring(key.name().lastIndexOf('.') + 1);
    var meaning = "%s.%s%s".formatted(sentence(key), bounds(key), alsoNames(key));
    return "\n" + comment(meaning, indent) + yamlValue(key, name, indent);
  }

  private String sentence(Key key) {
    var meaning = meaningOf(key);
    return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1);
  }

  private static String bounds(Key key) {
    return allowed(key).isEmpty() ? "" : " [" + allowed(key) + "]";
  }

  private static String alsoNames(Key key) {
    var setting = key.setting();
    var production =
        setting.production().equals(Setting.SAME)
            ? ""
            : " In production " + setting.production() + ".";
    var older =
        setting.older().length == 0 ? "" : " Also " + String.join(", ", setting.older()) + ".";
    return production + older;
  }

  private static String yamlValue(Key key, String name, String indent) {
    var value = key.setting().value();
    if (key.name().equals("rooms.rules")) {
      return Stream.of(value.split("; *", -1))
          .map(rule -> indent + "#  " + rule + "\n")
          .collect(joining("", indent + "#" + name + ":\n", ""));
    }
    return indent + "#" + (value.isEmpty() ? name + ":" : name + ": " + value) + "\n";
  }

  private static String indent(String section) {
    return section.contains(".") ? "  " : "";
  }

  private static String comment(String text, String indent) {
    var lines = new StringBuilder();
    var line = new StringBuilder(indent + "#");
    for (var word : text.split(" ", -1)) {
      if (line.length() + word.length() > 99) {
        lines.append(line).append('\n');
        line = new StringBuilder(indent + "#");
      }
      line.append(' ').append(word);
    }
    return lines.append(line).append('\n').toString();
  }

  private static String sectionOf(Key key) {
    int dot = key.name().lastIndexOf('.');
    return dot < 0 ? "" : key.name().substring(0, dot);
  }

  private String summaryOf(Key key) {
    var comment = commentOf(key);
    int params = comment.indexOf("@param");
    return (params < 0 ? comment : comment.substring(0, params)).strip();
  }

  private String meaningOf(Key key) {
    var matcher = PARAM.matcher(commentOf(key));
    while (matcher.find()) {
      if (matcher.group(1).equals(key.component().getName())) {
        return matcher.group(2).strip().replace("|", "\\|");
      }
    }
    throw new AssertionError(key.name() + " has no @param");
  }

  private String commentOf(Key key) {
    var type = key.component().getDeclaringRecord().getSimpleName();
    return comments.getOrDefault(type, "");
  }

  /// What the loader says to an absurd value; empty where nearly every text will do.
  static String allowed(Key key) {
    var absurd =
        switch (key.component().getType().getSimpleName()) {
          case "int" -> key.name().endsWith("_bytes") ? "2147483647" : "-1";
          case "long" -> "999999999999999";
          case "Duration" -> "99999999d";
          case "String", "Optional", "List", "Path" -> "";
          default -> "absurd";
        };
    if (absurd.isEmpty()) {
      return "";
    }
    var arguments = List.of("--" + key.name() + "=" + absurd);
    return switch (new ConfigLoader(Map.of(), TextFiles.DISK).load(arguments)) {
      case ConfigResult.Refused(var line) -> line.substring(line.indexOf("must be ") + 8);
      case ConfigResult.Loaded _ -> throw new AssertionError(key.name() + " has no bounds");
    };
  }
}
