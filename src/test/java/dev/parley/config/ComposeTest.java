package dev.parley.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// `conf/compose.yaml` says what the server understands.
final class ComposeTest {
  private static final Path FILE = Path.of("conf/compose.yaml");
  private static final List<String> NODES = List.of("node0", "node1", "node2");

  private Map<?, ?> compose = Map.of();

  @BeforeEach
  void read() throws IOException {
    compose = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text(FILE));
  }

  @Test
  void everyNodeIsToldWhatItUnderstands() {
    Set<String> addresses = new HashSet<>();
    for (String name : NODES) {
      Config config = configOf(name);
      assertThat(config.node().id()).isEqualTo(name);
      assertThat(config.mode()).isEqualTo(Mode.PRODUCTION);
      assertThat(config.store().redis().isOn()).isTrue();
      ClusterConfig cluster = config.cluster();
      assertThat(cluster.enabled()).isTrue();
      assertThat(cluster.members()).contains(cluster.host() + ":" + cluster.port());
      assertThat(cluster.host()).isEqualTo(addressOf(name));
      assertThat(addresses.add(cluster.host())).isTrue();
      assertThat(config.store().redis().host()).contains(addressOf("redis"));
      assertThat(config.http().trustedProxies()).hasSize(1);
      assertThat(config.http().trustedProxies().toString()).contains(addressOf("balancer"));
      ensureTime(config, service(name));
    }
  }

  @Test
  void theBalancerKnowsEveryNode() throws IOException {
    Map<?, ?> told = map(service("balancer"), "environment");
    for (String name : NODES) {
      String variable = name.toUpperCase(Locale.ROOT);
      assertThat(told.get(variable)).isEqualTo(addressOf(name) + ":8000");
      assertThat(text(Path.of("conf/haproxy.cfg"))).contains("\"${" + variable + "-");
    }
  }

  @Test
  void everySecretIsAFile() {
    Map<?, ?> defined = map(compose, "secrets");
    for (String name : List.of("redis", "node0", "node1", "node2")) {
      assertThat(defined.keySet().containsAll(list(service(name), "secrets"))).isTrue();
    }
    assertThat(defined.values()).allSatisfy(each -> assertThat(each.toString()).contains("file="));
  }

  private static void ensureTime(Config config, Map<?, ?> service) {
    DrainConfig drain = config.drain();
    long needed = drain.delay().plus(drain.window()).plus(drain.timeout()).toSeconds();
    String given = String.valueOf(service.get("stop_grace_period"));
    assertThat(Long.parseLong(given.replace("s", ""))).isGreaterThan(needed);
  }

  private Config configOf(String name) {
    Map<?, ?> service = service(name);
    Map<String, String> environment = new HashMap<>();
    map(service, "environment")
        .forEach((key, value) -> environment.put((String) key, (String) value));
    List<String> arguments = new ArrayList<>();
    list(service, "command").stream().skip(1).forEach(each -> arguments.add((String) each));
    ConfigLoader loader = new ConfigLoader(environment, _ -> "k".repeat(64));
    return switch (loader.load(arguments)) {
      case ConfigResult.Loaded loaded -> {
        assertThat(loaded.warnings()).isEmpty();
        yield loaded.config();
      }
      case ConfigResult.Refused(String line) -> throw new AssertionError(line);
    };
  }

  private String addressOf(String name) {
    return String.valueOf(map(map(service(name), "networks"), "inside").get("ipv4_address"));
  }

  private Map<?, ?> service(String name) {
    return map(map(compose, "services"), name);
  }

  private static Map<?, ?> map(Map<?, ?> in, String key) {
    Object found = in.get(key);
    assertThat(found).as(key).isInstanceOf(Map.class);
    return (Map<?, ?>) Objects.requireNonNull(found);
  }

  private static List<?> list(Map<?, ?> in, String key) {
    return (List<?>) Objects.requireNonNull(in.get(key));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file);
  }
}
