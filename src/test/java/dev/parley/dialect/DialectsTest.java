package dev.parley.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DialectsTest {
  private final Dialects dialects = new Dialects(DialectLimits.DEFAULTS, Samples.CLOCK);

  @Test
  void thePathAndTheQueryNameTheDialect() {
    assertThat(nameAt("/parley/v1")).contains("native");
    assertThat(nameAt("/ws/connect", "token")).contains("connect");
    assertThat(nameAt("/ws", "token", "user_id")).contains("nexus");
    assertThat(nameAt("/ws", "token", "batch")).contains("aether");
    assertThat(nameAt("/ws")).contains("aether");
    assertThat(nameAt("/api/v1/ws", "token")).contains("workspace");
  }

  @Test
  void whereNoDialectIsSpokenThereIsNone() {
    assertThat(nameAt("/api/v1/ws/stats")).isEmpty();
    assertThat(nameAt("/")).isEmpty();
    assertThat(nameAt("/ws/")).isEmpty();
    assertThat(nameAt("/parley/v2")).isEmpty();
  }

  @Test
  void cborIsSpokenToWhoAsksForIt() {
    Dialect asked = at("/parley/v1", List.of("parley.bearer", "t", "parley.v1.cbor"));
    Dialect notAsked = at("/parley/v1", List.of("parley.bearer", "t"));
    assertThat(asked).isNotSameAs(notAsked);
    assertThat(dialects.all()).contains(asked, notAsked);
  }

  private Dialect at(String path, List<String> subprotocols) {
    return dialects.find(path, List.of(), subprotocols).orElseThrow();
  }

  private Optional<String> nameAt(String path, String... parameters) {
    return dialects.find(path, List.of(parameters), List.of()).map(Dialect::name);
  }
}
