package dev.parley.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/// What axe-core finds wrong in a page.
final class Axe {
  /// Every finding in one line. Best practices are held to as well as WCAG.
  private static final String RUN =
      """
      axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
        .flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} (${help}): ${target}`))
        .join('\\n'))\
      """;

  private Axe() {}

  static void assertAccessible(Tab tab, String name) {
    // Colours on their way from one state to another are no colours of the design.
    tab.await(
        "document.getAnimations().every((one) => one.effect.getComputedTiming().progress === 1"
            + " || one.effect.getTiming().iterations === Infinity)");
    tab.evaluate(axe());
    String found = tab.text(RUN);
    assertThat(found).as("findings of axe, see %s", tab.screenshot(name)).isEmpty();
  }

  private static String axe() {
    try (InputStream script =
        Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
      return new String(script.readAllBytes(), UTF_8) + "\nundefined";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
