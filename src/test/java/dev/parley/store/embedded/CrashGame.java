package dev.parley.store.embedded;

import static dev.parley.store.Await.await;
import static dev.parley.store.Samples.stream;
import static dev.parley.store.Samples.text;

import dev.parley.protocol.StreamId;
import dev.parley.store.EventLog.Check;
import dev.parley.store.StoredEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Kills a storing process again and again at random moments, and looks what is left: of every
/// stream the numbers 1, 2, 3… each once and in order, up to at least what was acknowledged.
final class CrashGame {
  private static final int PAGE = 1_000;

  private final EmbeddedFixture fixture;
  private final boolean late;
  private final Random random;
  private final List<Optional<Acknowledgement>> last =
      new ArrayList<>(IntStream.range(0, CrashChild.STREAMS).mapToObj(_ -> noneYet()).toList());
  private long acknowledged;

  /// @param late whether the planted bug is on
  CrashGame(EmbeddedFixture fixture, boolean late, long seed) {
    this.fixture = fixture;
    this.late = late;
    this.random = new Random(seed);
  }

  private static Optional<Acknowledgement> noneYet() {
    return Optional.empty();
  }

  long acknowledged() {
    return acknowledged;
  }

  /// @return what is wrong with what is left
  List<String> playRound() throws Exception {
    runAndKill();
    if (random.nextInt(3) == 0) {
      runAndKill();
    }
    return findings();
  }

  private void runAndKill() throws IOException {
    try (StoreProcess child = StoreProcess.running(CrashChild.class, arguments())) {
      String line = child.lines().readLine();
      while (line != null && Acknowledgement.parse(line).isEmpty()) {
        line = child.lines().readLine();
      }
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(600));
      while (line != null && System.nanoTime() < until) {
        note(line);
        line = child.lines().readLine();
      }
      child.kill();
      noteRest(child, line);
    }
  }

  /// What the process had printed when it was killed counts too.
  private void noteRest(StoreProcess child, String line) throws IOException {
    String next = line;
    while (next != null) {
      note(next);
      next = child.lines().readLine();
    }
  }

  private List<String> arguments() {
    var arguments = new ArrayList<String>();
    arguments.add(fixture.directory().toString());
    arguments.add(late ? CrashChild.LATE : "");
    last.forEach(ack -> arguments.add("" + (numberOf(ack) + 1)));
    return arguments;
  }

  private void note(String line) {
    Acknowledgement.parse(line)
        .ifPresent(
            ack -> {
              acknowledged++;
              last.set(ack.stream(), Optional.of(ack));
            });
  }

  private static long numberOf(Optional<Acknowledgement> ack) {
    return ack.map(Acknowledgement::number).orElse(0L);
  }

  private List<String> findings() throws Exception {
    var findings = new ArrayList<String>();
    EmbeddedStore store = fixture.open();
    for (int stream = 0; stream < CrashChild.STREAMS; stream++) {
      findings.addAll(findingsIn(store, stream("s" + stream), last.get(stream)));
    }
    await(store.close());
    return findings;
  }

  private static List<String> findingsIn(
      EmbeddedStore store, StreamId stream, Optional<Acknowledgement> last) throws Exception {
    var findings = new ArrayList<String>();
    long number = countInOrder(store, stream, findings);
    if (number < numberOf(last)) {
      findings.add(stream + " ends at " + number + ", acknowledged was " + last);
    }
    if (last.isPresent() && await(store.log().check(stream, last.get().position())) != Check.GOOD) {
      findings.add(stream + " does not know " + last);
    }
    var newest = await(store.records().get(stream, "newest")).map(record -> text(record.value()));
    if (!newest.orElse("0").equals("" + number)) {
      findings.add(stream + " ends at " + number + ", but its record at " + newest);
    }
    return findings;
  }

  private static long countInOrder(EmbeddedStore store, StreamId stream, List<String> findings)
      throws Exception {
    long number = 0;
    List<StoredEvent> page = await(store.log().read(stream, 0, PAGE));
    while (!page.isEmpty()) {
      for (StoredEvent event : page) {
        number++;
        if (event.seq() != number || !text(event.payload()).equals("" + number)) {
          findings.add(stream + " has " + text(event.payload()) + " at " + event.stamp());
        }
      }
      page = await(store.log().read(stream, number, PAGE));
    }
    return number;
  }

  @Override
  public String toString() {
    return acknowledged
        + " acknowledged, last "
        + Arrays.toString(last.stream().mapToLong(CrashGame::numberOf).toArray());
  }
}
