package dev.parley.rooms;

import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/// The newest answers of the application that decides who may enter, each for a short while. None
/// outlives a standstill of the process.
final class AnswerCache {
  static final int CAPACITY = 10_000;

  private final Duration validity;
  private final IntSupplier standstills;
  private final Map<Question, Answer> answers = new LinkedHashMap<>();
  private int since;

  AnswerCache(Duration validity, IntSupplier standstills) {
    this.validity = validity;
    this.standstills = standstills;
    this.since = standstills.getAsInt();
  }

  Optional<Boolean> find(Question question, Instant now) {
    if (since != standstills.getAsInt()) {
      since = standstills.getAsInt();
      answers.clear();
    }
    return Optional.ofNullable(answers.get(question))
        .filter(answer -> now.isBefore(answer.expires()))
        .map(Answer::allowed);
  }

  /// Forgets the oldest where there are too many.
  void keep(Question question, boolean allowed, Instant now) {
    answers.remove(question);
    answers.put(question, new Answer(allowed, now.plus(validity)));
    if (answers.size() > CAPACITY) {
      answers.remove(answers.keySet().iterator().next());
    }
  }

  void forget(RoomName room, UserId user) {
    answers.keySet().removeIf(asked -> asked.room().equals(room) && asked.user().equals(user));
  }

  int size() {
    return answers.size();
  }

  /// What was asked; another role makes it another question.
  record Question(UserId user, Set<String> roles, String action, RoomName room) {}

  private record Answer(boolean allowed, Instant expires) {}
}
