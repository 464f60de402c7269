package dev.parley.config;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.parley.config.ConfigResult.Effective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `parley check` prints: keys that were set, each with its source, then the defaults,
/// wrapped.
final class EffectiveText {
  private static final int WIDTH = 100;

  private EffectiveText() {}

  static String of(List<Effective> settings) {
    var set = settings.stream().filter(setting -> !setting.isDefault()).map(EffectiveText::line);
    var defaults =
        settings.stream()
            .filter(Effective::isDefault)
            .collect(groupingBy(EffectiveText::section, LinkedHashMap::new, Collectors.toList()));
    var rest = defaults.entrySet().stream().flatMap(s -> wrapped(s.getKey(), s.getValue()));
    return Stream.of(Stream.of("Set:"), set, Stream.of("", "Defaults:"), rest)
        .flatMap(lines -> lines)
        .collect(joining("\n"));
  }

  private static String line(Effective setting) {
    return "  %-32s %s   (%s)".formatted(setting.key(), shown(setting), setting.source());
  }

  private static Stream<String> wrapped(String section, List<Effective> settings) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder("  %-16s".formatted(section));
    for (var setting : settings) {
      var item =
          " " + setting.key().substring(setting.key().lastIndexOf('.') + 1) + "=" + shown(setting);
      if (line.length() + item.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(18));
      }
      line.append(item);
    }
    lines.add(line.toString());
    return lines.stream();
  }

  private static String section(Effective setting) {
    int dot = setting.key().lastIndexOf('.');
    return dot < 0 ? "" : setting.key().substring(0, dot);
  }

  private static String shown(Effective setting) {
    if (setting.isDefault() && setting.value().length() > WIDTH) {
      return "(as in conf/parley.yaml)";
    }
    return setting.value().isEmpty() ? "–" : setting.value();
  }
}
