package dev.parley.config;

import static java.util.stream.Collectors.toMap;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/// One key of the configuration: a component of a section that carries a [Setting].
///
/// @param name as in the file, with its sections: `ws.ping_interval`
/// @param component where its value goes
/// @param setting its default and its older names
record Key(String name, RecordComponent component, Setting setting) {
  /// All keys, in the order of the file.
  static final List<Key> ALL = under("", Config.class).toList();

  private static final Map<String, Key> BY_NAME =
      ALL.stream().collect(toMap(Key::name, Function.identity()));

  static boolean exists(String name) {
    return BY_NAME.containsKey(name);
  }

  /// The key of this name, which must exist.
  static Key named(String name) {
    return Objects.requireNonNull(BY_NAME.get(name), name);
  }

  private static Stream<Key> under(String prefix, Class<?> section) {
    return Stream.of(section.getRecordComponents())
        .flatMap(
            component ->
                isSection(component)
                    ? under(prefix + wordsOf(component) + ".", component.getType())
                    : Stream.of(
                        new Key(
                            prefix + wordsOf(component),
                            component,
                            component.getAnnotation(Setting.class))));
  }

  /// Whether the component is a section of its own and no key.
  static boolean isSection(RecordComponent component) {
    return !component.isAnnotationPresent(Setting.class);
  }

  /// `pingInterval` in the file's spelling: `ping_interval`.
  static String wordsOf(RecordComponent component) {
    var words = new StringBuilder();
    for (char c : component.getName().toCharArray()) {
      if (Character.isUpperCase(c)) {
        words.append('_');
      }
      words.append(Character.toLowerCase(c));
    }
    int last = words.length() - 1;
    return words.charAt(last) == '_' ? words.substring(0, last) : words.toString();
  }

  /// The environment name that always works.
  String environmentName() {
    return "PARLEY_" + name.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /// All environment names, strongest first.
  Stream<String> environmentNames() {
    return Stream.concat(Stream.of(environmentName()), Stream.of(setting.older()));
  }

  String defaultIn(Mode mode) {
    return mode == Mode.PRODUCTION && !setting.production().equals(Setting.SAME)
        ? setting.production()
        : setting.value();
  }

  /// Whether the value must not be shown, and may be given as the name of a file that holds it.
  boolean isSecret() {
    return component.getGenericType().getTypeName().contains(Secret.class.getName());
  }
}
