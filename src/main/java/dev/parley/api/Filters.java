package dev.parley.api;

import dev.parley.protocol.Fields;
import dev.parley.protocol.Recipients.Matching;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;
import java.util.List;
import java.util.Set;

/// Reads whom a broadcast is for. A condition that names nobody is refused: `"users":[]` hardly
/// means everybody.
final class Filters {
  private static final int MAX_USERS = 10_000;
  private static final int MAX_ROOMS = 1_000;
  private static final int MAX_WORDS = 100;
  private static final int MAX_WORD_CHARS = 128;
  private static final Matching EVERYBODY =
      new Matching(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

  private Filters() {}

  /// The conditions in the field `filter`; all must be met.
  static Matching in(Fields body) {
    return body.optionalFields("filter").map(Filters::read).orElse(EVERYBODY);
  }

  private static Matching read(Fields given) {
    Fields in = Body.of(given.object(), "roles", "users", "rooms", "dialects", "exclude_users");
    return new Matching(
        words(in, "roles"),
        users(in, "users"),
        some(in, "rooms", in.list("rooms", MAX_ROOMS, Filters::room)),
        words(in, "dialects"),
        Set.copyOf(in.users("exclude_users", MAX_USERS)));
  }

  private static Set<UserId> users(Fields in, String name) {
    return some(in, name, in.users(name, MAX_USERS));
  }

  private static Set<String> words(Fields in, String name) {
    return some(in, name, in.texts(name, MAX_WORDS, MAX_WORD_CHARS));
  }

  private static RoomName room(Object element) {
    return RoomName.parse(Fields.asText("rooms", element, Integer.MAX_VALUE))
        .orElseThrow(() -> Fields.wrong("rooms", "names what is no room"));
  }

  private static <T> Set<T> some(Fields in, String name, List<T> values) {
    if (in.has(name) && values.isEmpty()) {
      throw Fields.wrong(name, "names nobody; leave it out if it is no condition");
    }
    return Set.copyOf(values);
  }
}
