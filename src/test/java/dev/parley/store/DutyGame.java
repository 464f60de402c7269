package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.Records.StoredRecord;
import dev.parley.store.Tenure.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Candidates with clocks of their own over one record: they stand still, and what they ask and are
/// answered is late or lost. Everything happens in one simulated time, in milliseconds.
final class DutyGame {
  private static final Duration LENGTH = Duration.ofSeconds(3);
  private static final long ROUGH = 60_000;
  private static final long CALM = 15_000;

  private final Random random;
  private final String round;
  private final PriorityQueue<Happening> agenda =
      new PriorityQueue<>(Comparator.comparingLong(Happening::at));
  private final List<Candidate> candidates = new ArrayList<>();
  private Optional<StoredRecord> record = Optional.empty();
  private long now;
  private int holders;

  DutyGame(Random random, String round) {
    this.random = random;
    this.round = round;
    int count = 2 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      candidates.add(new Candidate("c" + i));
    }
  }

  private record Happening(long at, Runnable what) {}

  /// @return how often the duty changed hands
  int play() {
    candidates.forEach(candidate -> later(random.nextInt(1_000), candidate::tick));
    while (now < ROUGH + CALM) {
      Happening next = agenda.remove();
      now = next.at();
      next.what().run();
      List<String> have = candidates.stream().filter(Candidate::isHeld).map(c -> c.name).toList();
      assertThat(have).as("at %d ms, %s", now, round).hasSizeLessThanOrEqualTo(1);
    }
    assertThat(candidates.stream().anyMatch(Candidate::isHeld))
        .as("when all is well somebody has it, %s", round)
        .isTrue();
    return holders;
  }

  private void later(long millis, Runnable what) {
    agenda.add(new Happening(now + millis, what));
  }

  private boolean isRough() {
    return now < ROUGH;
  }

  private long delay() {
    boolean late = isRough() && random.nextInt(4) == 0;
    return late ? random.nextInt(8_000) : random.nextInt(20);
  }

  private boolean isLost() {
    return isRough() && random.nextInt(6) == 0;
  }

  private final class Candidate {
    private final String name;
    private final Tenure tenure;
    private final long offset = random.nextLong();
    private final double rate = 0.99 + random.nextDouble() * 0.02;
    private long standsStillUntil;
    private int asked;
    private boolean waits;

    Candidate(String name) {
      this.name = name;
      this.tenure = new Tenure(name, LENGTH);
    }

    /// Its own clock, which may wrap.
    long clock() {
      return offset + (long) (now * 1_000_000 * rate);
    }

    boolean isHeld() {
      return tenure.isHeld(clock());
    }

    void tick() {
      later(100 + random.nextInt(900), this::tick);
      if (isRough() && random.nextInt(15) == 0) {
        standsStillUntil = now + random.nextInt(12_000);
      }
      act(this::look);
    }

    /// As soon as it moves.
    private void act(Runnable what) {
      if (now >= standsStillUntil) {
        what.run();
      } else {
        later(standsStillUntil - now, what);
      }
    }

    private void look() {
      if (waits) {
        return;
      }
      if (isRough() && random.nextInt(20) == 0) {
        tenure.giveUp(clock()).ifPresent(write -> later(delay(), () -> store(write)));
      }
      switch (tenure.next(clock())) {
        case Step.Look() -> ask(() -> record, found -> write(tenure.onSeen(found, clock())));
        case Step.Write write -> write(Optional.of(write));
      }
    }

    private void write(Optional<Step.Write> next) {
      next.ifPresent(
          write -> {
            long sentAt = clock();
            ask(() -> store(write), stored -> onStored(write, sentAt, stored));
          });
    }

    private void onStored(Step.Write write, long sentAt, Optional<StoredRecord> before) {
      if (isExpected(write, before)) {
        tenure.onWritten(write, write.expectedVersion() + 1, sentAt);
      } else {
        write(tenure.onStale(write, before, clock()));
      }
    }

    /// Asks, is answered, or gives up waiting; what it asked may happen long after that.
    private void ask(
        Supplier<Optional<StoredRecord>> question, Consumer<Optional<StoredRecord>> reaction) {
      int number = ++asked;
      waits = true;
      later(5_000, () -> answered(number));
      if (isLost()) {
        return;
      }
      later(
          delay(),
          () -> {
            Optional<StoredRecord> answer = question.get();
            if (!isLost()) {
              later(delay(), () -> act(() -> answer(number, answer, reaction)));
            }
          });
    }

    private void answer(
        int number, Optional<StoredRecord> answer, Consumer<Optional<StoredRecord>> reaction) {
      if (answered(number)) {
        reaction.accept(answer);
      }
    }

    private boolean answered(int number) {
      boolean first = waits && number == asked;
      if (first) {
        waits = false;
      }
      return first;
    }
  }

  /// @return the record before
  private Optional<StoredRecord> store(Step.Write write) {
    Optional<StoredRecord> before = record;
    if (isExpected(write, before)) {
      countHolder(write, before);
      record =
          Optional.of(
              new StoredRecord("holder", write.holder().toBytes(), write.expectedVersion() + 1, 0));
    }
    return before;
  }

  private void countHolder(Step.Write write, Optional<StoredRecord> before) {
    long term = before.map(b -> Holder.of(b.value(), LENGTH).term()).orElse(0L);
    assertThat(write.holder().term()).as(round).isBetween(term, term + 1);
    if (write.holder().term() > term) {
      holders++;
    }
  }

  private static boolean isExpected(Step.Write write, Optional<StoredRecord> before) {
    return before.map(StoredRecord::version).orElse(0L) == write.expectedVersion();
  }
}
