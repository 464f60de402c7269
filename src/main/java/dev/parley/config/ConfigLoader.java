package dev.parley.config;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Merges what the server is told: defaults < file < environment < command line.
///
/// Pure but for the files it is given access to and the random key it makes up in development.
public final class ConfigLoader {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<String, String> environment;
  private final TextFiles files;

  /// @param environment the variables of the process
  /// @param files where the configuration file and secrets are read from
  public ConfigLoader(Map<String, String> environment, TextFiles files) {
    this.environment = Map.copyOf(environment);
    this.files = files;
  }

  /// @param arguments the options of the command line: `--conf file`, `--section.key=value`
  public ConfigResult load(List<String> arguments) {
    try {
      return loadOrRefuse(arguments);
    } catch (Refusal refused) {
      return new ConfigResult.Refused(refused.line());
    }
  }

  /// The configuration that these keys alone make.
  ///
  /// @param values texts by key, as in the file
  /// @throws IllegalArgumentException with the line that a user would read
  public static Config of(Map<String, String> values) {
    var arguments = values.entrySet().stream().map(e -> "--" + e.getKey() + "=" + e.getValue());
    return switch (new ConfigLoader(Map.of(), TextFiles.DISK).load(arguments.toList())) {
      case ConfigResult.Loaded loaded -> loaded.config();
      case ConfigResult.Refused(var message) -> throw new IllegalArgumentException(message);
    };
  }

  private ConfigResult loadOrRefuse(List<String> arguments) {
    var variables = new Environment(environment);
    var commandLine = CommandLine.parse(arguments);
    var given = new LinkedHashMap<String, Given>();
    commandLine
        .file()
        .ifPresent(name -> overlay(given, YamlFile.parse(name, read(name, "--conf"))));
    overlay(given, variables.values());
    overlay(given, commandLine.values());

    var values = withDefaults(given);
    var config = new Binder(values).bind();
    var warnings = new ArrayList<>(variables.warnings());
    weakKey(config).ifPresent(warnings::add);
    return new ConfigResult.Loaded(config, warnings, effective(values));
  }

  /// Puts a stronger layer over a weaker one. A secret may come as the name of its file.
  private void overlay(Map<String, Given> weaker, Map<String, Given> stronger) {
    stronger.forEach(
        (name, value) -> {
          var secret = secretInFile(name);
          if (secret.isPresent()) {
            weaker.put(secret.get().name(), contentOf(name, value));
          } else if (Key.exists(name)) {
            weaker.put(name, value);
          } else {
            throw Refusal.ofUnknownKey(name, value);
          }
        });
  }

  private static Optional<Key> secretInFile(String name) {
    return Optional.of(name)
        .filter(n -> n.endsWith("_file"))
        .map(n -> n.substring(0, n.length() - "_file".length()))
        .filter(Key::exists)
        .map(Key::named)
        .filter(Key::isSecret);
  }

  private Given contentOf(String name, Given file) {
    var source = file.source() + ", file " + file.text();
    return new Given(read(file.text(), name + " (" + file.source() + ")").strip(), source);
  }

  private String read(String file, String asked) {
    try {
      return files.read(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      throw new Refusal(asked + " = " + file + " is refused: it must be a file that can be read");
    }
  }

  private static Map<String, Given> withDefaults(Map<String, Given> given) {
    var mode = modeOf(given);
    var values = new LinkedHashMap<String, Given>();
    for (var key : Key.ALL) {
      values.put(key.name(), new Given(key.defaultIn(mode), Given.DEFAULT));
    }
    values.put("node.id", new Given("node-" + randomHex(), Given.RANDOM));
    values.putAll(given);
    if (isEmpty(values, "auth.secret") && !hasPublicKey(values) && mode == Mode.DEVELOPMENT) {
      values.put("auth.secret", new Given(randomKey(), Given.RANDOM));
    }
    if (isEmpty(values, "auth.algorithm")) {
      var algorithm = hasPublicKey(values) ? Algorithm.RS256 : Algorithm.HS256;
      values.put("auth.algorithm", new Given(algorithm.name(), Given.DEFAULT));
    }
    return values;
  }

  private static Mode modeOf(Map<String, Given> given) {
    var key = Key.named("mode");
    var value = given.getOrDefault("mode", new Given(key.setting().value(), Given.DEFAULT));
    var form = TextForms.of(key);
    return form.parse()
        .apply(value.text())
        .map(Mode.class::cast)
        .orElseThrow(() -> Refusal.ofValue(key, value, form.allowed()));
  }

  private static boolean hasPublicKey(Map<String, Given> values) {
    return !isEmpty(values, "auth.public_key") || !isEmpty(values, "auth.jwks_url");
  }

  private static boolean isEmpty(Map<String, Given> values, String key) {
    return Optional.ofNullable(values.get(key))
        .map(Given::text)
        .filter(t -> !t.isEmpty())
        .isEmpty();
  }

  private static Optional<String> weakKey(Config config) {
    return config.auth().hasStrongKey()
        ? Optional.empty()
        : Optional.of("auth.secret has fewer than 32 bytes: good enough for development only");
  }

  private static List<ConfigResult.Effective> effective(Map<String, Given> values) {
    return values.entrySet().stream()
        .map(e -> effective(Key.named(e.getKey()), e.getValue()))
        .toList();
  }

  private static ConfigResult.Effective effective(Key key, Given given) {
    var shown = key.isSecret() && !given.text().isEmpty() ? Secret.MASK : given.text();
    return new ConfigResult.Effective(key.name(), shown, given.source());
  }

  private static String randomHex() {
    var bytes = new byte[4];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String randomKey() {
    var bytes = new byte[AuthConfig.STRONG_KEY_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
