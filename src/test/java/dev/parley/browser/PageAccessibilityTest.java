package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.TestNode;
import dev.parley.kit.Shared;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What axe-core can find: names and roles, landmarks, contrast as it is computed.
@ExtendWith(NeedsChromium.class)
@ResourceLock(Shared.CHROMIUM)
final class PageAccessibilityTest {
  private static Chromium chromium;
  private static TestNode node;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    node = TestNode.start();
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @ParameterizedTest(name = "{0}, {1} wide")
  @CsvSource({"light, 1280", "dark, 1280", "light, 360", "dark, 360"})
  void theWayInIsAccessible(String scheme, int width) {
    try (Tab tab = chromium.open()) {
      dress(tab, scheme, width);
      tab.go("http://127.0.0.1:%d/".formatted(node.port()));
      tab.await("document.activeElement?.id === 'enter-name'");
      Axe.assertAccessible(tab, "enter-%s-%d".formatted(scheme, width));
    }
  }

  @ParameterizedTest(name = "{0}, {1} wide")
  @CsvSource({"light, 1280", "dark, 1280", "light, 360", "dark, 360"})
  void theRoomIsAccessible(String scheme, int width) {
    String room = "access-%s-%d".formatted(scheme, width);
    try (Visitor ada = Visitor.enter(chromium, node.port(), "Ada", room);
        Visitor ben = Visitor.enter(chromium, node.port(), "Ben", room)) {
      Tab tab = ada.tab();
      dress(tab, scheme, width);
      ben.setStatus("busy", "");
      ben.say("Have you seen https://example.org/ already?");
      ada.say("I have.");
      ada.say("Twice.");
      ben.awaitMessage("Twice.");
      ada.awaitAllSent();
      ada.pointAt("Twice.");
      tab.click(".tools [data-emoji='🎉']");
      tab.await("document.querySelector('.chip')");
      Axe.assertAccessible(tab, "room-%s-%d".formatted(scheme, width));
      if (width < 760) {
        tab.click(".rooms-toggle");
      }
      tab.click("#me");
      Axe.assertAccessible(tab, "profile-%s-%d".formatted(scheme, width));
    }
  }

  @ParameterizedTest
  @CsvSource({"360", "320"})
  void nothingIsWiderThanANarrowScreen(int width) {
    try (Visitor ada = Visitor.enter(chromium, node.port(), "Ada", "narrow-" + width)) {
      ada.tab().resize(width, 640);
      ada.say("long".repeat(100));
      ada.awaitMessage("long".repeat(100));
      assertThat(ada.tab().number("document.documentElement.scrollWidth")).isEqualTo(width);
      assertThat(ada.tab().number("document.getElementById('log').scrollWidth")).isEqualTo(width);
    }
  }

  @Test
  void messagesAreALogThatIsReadOut() {
    try (Visitor ada = Visitor.enter(chromium, node.port(), "Ada", "live")) {
      Tab tab = ada.tab();
      ada.say("Hello");
      ada.awaitMessage("Hello");
      tab.await("document.getElementById('log').getAttribute('aria-busy') === 'false'");
      assertThat(
              tab.text(
                  "['role', 'aria-live', 'aria-label']"
                      + ".map((name) => document.getElementById('log').getAttribute(name)).join()"))
          .isEqualTo("log,polite,Messages in live");
    }
  }

  @Test
  void whoeverWantsNoMotionGetsNone() {
    try (Visitor ada = Visitor.enter(chromium, node.port(), "Ada", "still")) {
      Tab tab = ada.tab();
      tab.prefer("prefers-reduced-motion", "reduce");
      ada.say("Hello");
      ada.awaitMessage("Hello");
      tab.await("document.getAnimations().every((one) => one.effect.getTiming().duration < 1)");
    }
  }

  private static void dress(Tab tab, String scheme, int width) {
    tab.resize(width, 760);
    tab.prefer("prefers-color-scheme", scheme);
  }
}
