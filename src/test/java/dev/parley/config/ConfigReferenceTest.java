package dev.parley.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The reference and the example file say what the code does. `-Dparley.update=true` writes both
/// anew.
final class ConfigReferenceTest {
  private static final Path MARKDOWN = Path.of("docs/configuration.md");
  private static final Path YAML = Path.of("conf/parley.yaml");

  @Test
  void referenceEqualsTheCode() throws IOException {
    assertEqual(MARKDOWN, new ConfigReference().markdown());
  }

  @Test
  void exampleFileEqualsTheCode() throws IOException {
    assertEqual(YAML, new ConfigReference().yaml());
  }

  @Test
  void exampleFileChangesNothing() {
    var loaded = load("--conf", YAML.toString());

    assertThat(loaded.settings().stream().filter(s -> s.source().contains("parley.yaml")))
        .isEmpty();
  }

  @Test
  void exampleFileLoadsWithEveryKeyUncommented() throws IOException {
    var everything = Files.readString(YAML).replaceAll("(?m)^( *)#(?=[a-z_]+:|  [a-z])", "$1");
    var loader = new ConfigLoader(Map.of(), _ -> everything);

    long keysWithDefault = Key.ALL.stream().filter(k -> !k.setting().value().isEmpty()).count();

    var result = loader.load(List.of("--conf", "all.yaml"));

    assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
    assertThat(((ConfigResult.Loaded) result).settings())
        .filteredOn(s -> s.source().startsWith("all.yaml"))
        .hasSize(Math.toIntExact(keysWithDefault));
  }

  @Test
  void benchFileLoads() {
    var config = load("--conf", "conf/bench.yaml").config();

    assertThat(config.limits().connectionsPerIp()).isZero();
    assertThat(config.auth().hasStrongKey()).isTrue();
  }

  private static ConfigResult.Loaded load(String... arguments) {
    return switch (new ConfigLoader(Map.of(), TextFiles.DISK).load(List.of(arguments))) {
      case ConfigResult.Loaded loaded -> loaded;
      case ConfigResult.Refused(var line) -> throw new AssertionError(line);
    };
  }

  private static void assertEqual(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("parley.update")) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file)).as("%s", file).isEqualTo(expected);
  }
}
