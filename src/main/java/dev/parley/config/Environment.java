package dev.parley.config;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The environment: `PARLEY_<SECTION>_<KEY>` for every key, and the names that older deployments
/// set. A name that is set to nothing counts as not set.
final class Environment {
  static final String FILE_SUFFIX = "_FILE";

  private static final Set<String> KNOWN =
      Key.ALL.stream().flatMap(Environment::namesOf).collect(Collectors.toSet());

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  /// What it sets, by key. A secret in a file appears under its key with `_file` behind it.
  Map<String, Given> values() {
    var values = new LinkedHashMap<String, Given>();
    for (var key : Key.ALL) {
      firstSet(key).ifPresent(name -> values.put(target(key, name), given(name)));
    }
    return values;
  }

  /// Lines about names that have no effect.
  List<String> warnings() {
    var unknown =
        variables.keySet().stream()
            .filter(name -> name.startsWith("PARLEY_") && !KNOWN.contains(name))
            .sorted()
            .collect(joining(", "));
    var ignored =
        unknown.isEmpty()
            ? Optional.<String>empty()
            : Optional.of("Environment names that are no keys have no effect: " + unknown);
    return Stream.of(
            ignored,
            unused("DATABASE_URL", "data is kept in store.directory"),
            unused("WEBSOCKET_ENCRYPTION_KEY", "this version stores content as it is"))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<String> unused(String name, String instead) {
    return variable(name).map(_ -> name + " is set but not used: " + instead);
  }

  private static Stream<String> namesOf(Key key) {
    return key.isSecret()
        ? key.environmentNames().flatMap(name -> Stream.of(name, name + FILE_SUFFIX))
        : key.environmentNames();
  }

  private Optional<String> firstSet(Key key) {
    return namesOf(key)
        .filter(name -> variable(name).filter(text -> counts(name, text)).isPresent())
        .findFirst();
  }

  /// `DEBUG=false` says nothing about the level.
  private static boolean counts(String name, String text) {
    return !name.equals("DEBUG") || text.equalsIgnoreCase("true") || text.equals("1");
  }

  private static String target(Key key, String name) {
    return key.isSecret() && name.endsWith(FILE_SUFFIX) ? key.name() + "_file" : key.name();
  }

  private Given given(String name) {
    var text = name.equals("DEBUG") ? "debug" : variable(name).orElse("");
    return new Given(text, "environment " + name);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(t -> !t.isEmpty());
  }
}
