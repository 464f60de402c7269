package dev.parley.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.NodeId;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.UserId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OnlineRowTest {
  private static final NodeId NODE = new NodeId("node");
  private static final UserId ANN = new UserId("ann");

  @Test
  void fieldsAndWordsOfNewerNodesDoNoHarm() {
    Statement said =
        new Statement(
            "Ann",
            PresenceStatus.BUSY,
            Optional.of("hi"),
            Optional.empty(),
            Instant.ofEpochMilli(7));
    OnlineRow row = new OnlineRow(NODE, said, 2, Optional.empty());
    assertThat(OnlineRow.parse(NODE, ANN, row.text(ANN))).isEqualTo(row);
    assertThat(OnlineRow.parse(NODE, ANN, "[\"busy\",7,2,0,\"Ann\",\"hi\",\"\",{\"later\":1}]"))
        .isEqualTo(row);
    assertThat(OnlineRow.parse(NODE, ANN, "[\"of tomorrow\",7,2]").said().status())
        .isEqualTo(PresenceStatus.ONLINE);
  }
}
