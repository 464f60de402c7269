package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Config;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A start that fails late leaves nothing open.
class FailedStartTest {
  @TempDir Path directory;

  @Test
  void aPortInUseLeavesTheStoreClosedAndFreeForTheNextStart() throws IOException {
    try (TestNode first = TestNode.start()) {
      Throwable failure = Await.failure(Node.start(config(first.port())));

      assertThat(failure).isInstanceOf(BindException.class);
      assertThat(filesInDirectory()).noneMatch(name -> name.endsWith("-wal"));
    }
    Node second = Await.result(Node.start(config(0)));
    Await.result(second.close());
  }

  private Config config(int port) {
    return Config.of(
        "http.port",
        Integer.toString(port),
        "node.event_loops",
        "2",
        "auth.secret",
        TestTokens.SECRET,
        "store.directory",
        directory.toString());
  }

  private List<String> filesInDirectory() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
