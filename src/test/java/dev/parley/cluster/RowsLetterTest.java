package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.RowsDelta.Written;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The form in which nodes of different versions tell each other their rows.
final class RowsLetterTest {
  private static final List<Written> ROWS =
      List.of(
          new Written("x:a", 3, Optional.of("red")),
          new Written("x:b", 4, Optional.empty()),
          new Written("x:c", 5, Optional.of("blue"), Told.NOTHING, false),
          new Written("x:d", 6, Optional.empty(), Told.OPPOSITE, false),
          new Written("x:e", 7, Optional.of("grey"), Told.THIS, true));

  private static final String ARRAYS =
      "[[\"x:a\",3,\"red\"],[\"x:b\",4,null],[\"x:c\",5,\"blue\",true],"
          + "[\"x:d\",6,null,true,true],[\"x:e\",7,\"grey\",false,false,true]]";
  private static final String LATER =
      "[[\"x:a\",3,\"red\",false,{}],[\"x:b\",4,null,null,1],[\"x:c\",5,\"blue\",true,[]],"
          + "[\"x:d\",6,null,true,true,1],[\"x:e\",7,\"grey\",false,false,true,1]]";

  @Test
  void deltasHaveTheirFormAndAreReadAgain() {
    RowsDelta delta = new RowsDelta("r", 2, 5, ROWS);
    String form = "{\"run\":\"r\",\"from\":2,\"to\":5,\"rows\":" + ARRAYS + "}";
    assertThat(delta.toBuffer()).hasToString(form);
    assertThat(RowsDelta.of(Buffer.buffer(form))).isEqualTo(delta);
  }

  @Test
  void pagesHaveTheirFormAndAreReadAgain() {
    RowsPage page = new RowsPage("r", 5, ROWS, true);
    String form = "{\"run\":\"r\",\"version\":5,\"rows\":" + ARRAYS + ",\"last\":true}";
    assertThat(page.toBuffer()).hasToString(form);
    assertThat(RowsPage.of(Buffer.buffer(form))).isEqualTo(page);
  }

  @Test
  void fieldsOfNewerNodesAreIgnored() {
    String delta = "{\"later\":{},\"run\":\"r\",\"from\":2,\"to\":5,\"rows\":" + LATER + "}";
    assertThat(RowsDelta.of(Buffer.buffer(delta))).isEqualTo(new RowsDelta("r", 2, 5, ROWS));
    String page = "{\"run\":\"r\",\"version\":5,\"rows\":" + LATER + ",\"last\":true,\"later\":1}";
    assertThat(RowsPage.of(Buffer.buffer(page))).isEqualTo(new RowsPage("r", 5, ROWS, true));
  }
}
