package dev.parley.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Await;
import dev.parley.TestNode;
import dev.parley.api.JobReport;
import dev.parley.api.NotificationDraft;
import dev.parley.api.Parley;
import dev.parley.api.Update;
import dev.parley.kit.Shared;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The demo of `connect` and the notification bell, on a real node.
@ExtendWith(NeedsChromium.class)
@ResourceLock(Shared.CHROMIUM)
final class WatchingPagesTest {
  private static Chromium chromium;
  private static TestNode node;

  private Tab tab;

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
    node = TestNode.start("metrics.interval", "1s");
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

  @BeforeEach
  void open() {
    tab = chromium.open();
  }

  @AfterEach
  void close() {
    tab.close();
  }

  @Test
  void metricsAreDrawnAndJobsAreBars() {
    connectDemo();
    tab.click("[data-subscription=system_metrics]");
    tab.await("document.getElementById('metrics-now').textContent.startsWith('CPU ')");
    tab.await("document.querySelectorAll('#charts canvas').length === 3");
    tab.click("[data-subscription=job_updates]");
    tell(JobReport.running("report", 40));
    tab.await(
        "document.querySelector('[data-job=report]')?.dataset.status === 'running'"
            + " && document.querySelector('[data-job=report] progress').value === 40");
    tell(JobReport.completed("report"));
    tab.await("document.querySelector('[data-job=report]').dataset.status === 'completed'");
    assertNoProblems();
    var _ = tab.screenshot("demo");
  }

  @Test
  void aJobRunsFromThePage() {
    connectDemo();
    tab.click("[data-subscription=job_updates]");
    tab.click("#run-job");
    tab.await("document.querySelector('.job[data-status=completed]')");
    assertNoProblems();
  }

  @Test
  void everySubscriptionBringsItsFrames() {
    connectDemo();
    tab.click("[data-subscription=document_updates]");
    tab.click("[data-subscription=all_document_updates]");
    tab.click("[data-subscription=order_updates]");
    tab.click("[data-subscription=quote_updates]");
    tab.click("[data-send=join_room]");
    tab.await("document.querySelector('[data-direction=in][data-type=room_event]')");
    tab.click("[data-send=ping]");
    tab.await("document.querySelector('[data-direction=in][data-type=pong]')");
    Parley parley = Parley.on(node.node().vertx());
    Await.result(parley.documentStarted("demo", "doc1", "report.pdf"));
    Await.result(parley.publishUpdate(Update.order(123).with(new JsonObject().put("step", 2))));
    Await.result(parley.publishUpdate(Update.quote(7).with(new JsonObject().put("step", 3))));
    for (String type :
        new String[] {"document_processing_start", "order_status_update", "quote_update"}) {
      tab.await("document.querySelector('[data-direction=in][data-type=" + type + "]')");
    }
    assertThat(tab.number("document.querySelectorAll('[data-type=error]').length")).isZero();
    assertNoProblems();
  }

  @Test
  void badFramesAreAnsweredAndNothingBreaks() {
    connectDemo();
    tab.evaluate("document.getElementById('raw').value = '{\"type\": 7'");
    tab.click("#raw-form button");
    tab.await("document.querySelector('[data-direction=in][data-type=error]')");
    tab.click("[data-send=ping]");
    tab.await("document.querySelector('[data-direction=in][data-type=pong]')");
    assertNoProblems();
  }

  @Test
  void subscriptionsComeBackWithTheServer() {
    connectDemo();
    tab.click("[data-subscription=job_updates]");
    tab.await("document.querySelector('[data-direction=in][data-type=job_updates]')");
    node.stop();
    tab.await("document.getElementById('state').dataset.state === 'connecting'");
    node.restart();
    tab.await("document.getElementById('state').dataset.state === 'open'");
    tell(JobReport.running("later", 10));
    tab.await("document.querySelector('[data-job=later]')");
    assertThat(tab.takeProblems()).allMatch(problem -> problem.contains("net::ERR_"));
  }

  @Test
  void theBellShowsWhatComesAndWhatWasRead() {
    openBellAs("bell-ann");
    notify("bell-ann", "Build failed");
    tab.await("document.getElementById('bell-count').textContent === '1'");
    tab.click("#bell");
    tab.await("document.querySelector('.bell-item-title').textContent.includes('Build failed')");
    var _ = tab.screenshot("bell");
    tab.click(".bell-item-actions .button");
    tab.await("document.getElementById('bell-count').hidden");
    tab.await("document.querySelector('.bell-item').dataset.read === 'true'");
    tab.press(Tab.Key.ESCAPE);
    tab.await("document.getElementById('bell-panel').hidden");
    assertNoProblems();
  }

  @Test
  void whatWasReadInOneTabIsReadInTheOther() {
    try (Tab other = chromium.open()) {
      openBellAs("bell-two");
      Tab first = tab;
      tab = other;
      openBellAs("bell-two");
      tab = first;
      notify("bell-two", "Once");
      other.await("document.getElementById('bell-count').textContent === '1'");
      tab.await("document.getElementById('bell-count').textContent === '1'");
      tab.click("#bell");
      tab.click("#read-all");
      other.await("document.getElementById('bell-count').hidden");
    }
    assertNoProblems();
  }

  @Test
  void theBellSaysHowItIsConnectedAndComesBack() {
    openBellAs("bell-back");
    tab.await("document.getElementById('bell').dataset.status === 'connected'");
    node.stop();
    tab.await("document.getElementById('bell').dataset.status === 'reconnecting'");
    node.restart();
    notify("bell-back", "While you were away");
    tab.await("document.getElementById('bell').dataset.status === 'connected'");
    tab.await("document.getElementById('bell-count').textContent === '1'");
    assertThat(tab.takeProblems()).allMatch(problem -> problem.contains("net::ERR_"));
  }

  @ParameterizedTest(name = "{0}, {1} wide")
  @CsvSource({"light, 1280", "dark, 360"})
  void bothPagesAreAccessible(String scheme, int width) {
    tab.resize(width, 900);
    tab.prefer("prefers-color-scheme", scheme);
    connectDemo();
    Axe.assertAccessible(tab, "demo-%s-%d".formatted(scheme, width));
    openBellAs("bell-axe-" + scheme);
    notify("bell-axe-" + scheme, "Look");
    tab.await("document.getElementById('bell-count').textContent === '1'");
    tab.click("#bell");
    Axe.assertAccessible(tab, "bell-%s-%d".formatted(scheme, width));
    assertThat(tab.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
  }

  private void connectDemo() {
    tab.go("http://127.0.0.1:%d/websocket-demo.html".formatted(node.port()));
    tab.click("#token-form button");
    tab.await("document.getElementById('token').value.length > 40");
    tab.click("#connect");
    tab.await("document.getElementById('state').dataset.state === 'open'");
  }

  private void openBellAs(String user) {
    tab.go("http://127.0.0.1:%d/notifications.html".formatted(node.port()));
    tab.evaluate("document.getElementById('who-user').value = " + Tab.quote(user));
    tab.click("#who-form .primary");
    tab.await(
        "document.getElementById('who-now').textContent === 'You are "
            + user
            + ".' && document.getElementById('bell').dataset.status === 'connected'");
  }

  private static void tell(JobReport report) {
    Await.result(Parley.on(node.node().vertx()).jobs().update(report));
  }

  private static void notify(String user, String title) {
    Await.result(
        Parley.on(node.node().vertx())
            .sendNotification(NotificationDraft.toUser(user, title, "Look at it")));
  }

  private void assertNoProblems() {
    assertThat(tab.takeProblems()).as("problems of the page").isEmpty();
  }
}
