package dev.parley.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/metrics.md` lists every [Metric], as the code has it.
final class MetricsPageTest {
  @Test
  void pageListsEveryMeter() throws IOException {
    var page = Files.readString(Path.of("docs/metrics.md"));
    var table =
        Arrays.stream(Metric.values()).map(MetricsPageTest::row).collect(Collectors.joining("\n"));
    assertThat(page)
        .as("docs/metrics.md must have these rows:\n%s", table)
        .contains(table + "\n\n");
  }

  private static String row(Metric metric) {
    return "| `%s` | %s | %s | %s |"
        .formatted(
            prometheus(metric),
            metric.tag().map(tag -> '`' + tag + '`').orElse("–"),
            metric.kind().name().toLowerCase(java.util.Locale.ROOT),
            metric.text());
  }

  private static String prometheus(Metric metric) {
    var name = metric.id().replace('.', '_');
    return switch (metric.kind()) {
      case GAUGE, SUMMARY -> name;
      case COUNTER -> name + "_total";
      case TIMER -> name + "_seconds";
    };
  }
}
