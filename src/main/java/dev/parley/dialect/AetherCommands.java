package dev.parley.dialect;

import dev.parley.protocol.Command;
import dev.parley.protocol.Fields;
import dev.parley.protocol.NotificationCommand.ReadNotifications;
import dev.parley.protocol.SessionCommand.Authenticate;
import dev.parley.protocol.SessionCommand.Ping;
import dev.parley.protocol.SessionCommand.Subscribe;
import dev.parley.protocol.SessionCommand.Unsubscribe;
import dev.parley.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What clients of `aether` ask (`aether.md`).
final class AetherCommands {
  private static final Command PING = new Ping();
  private static final Command READ_ALL = new ReadNotifications(List.of());
  private static final Set<TopicName> TOPICS =
      Set.of(
          TopicName.NOTIFICATIONS,
          TopicName.INVENTORY,
          TopicName.JOBS,
          TopicName.VMS,
          TopicName.METRICS,
          TopicName.ALL);
  private static final int MAX_TOPICS = 64;
  private static final int MAX_TOPIC = 64;
  private static final int MAX_ID = 128;

  private AetherCommands() {}

  static List<Command> commands(String type, Fields in) {
    return List.of(command(type, in));
  }

  private static Command command(String type, Fields in) {
    return switch (type) {
      case "ping" -> PING;
      case "auth" -> new Authenticate(CommonFields.token(in));
      case "subscribe" -> subscribe(someTopics(in));
      case "unsubscribe" ->
          new Unsubscribe(someTopics(in).stream().flatMap(name -> topic(name).stream()).toList());
      case "mark_read" -> read(in);
      default -> throw CommonFields.unknownType();
    };
  }

  private static List<String> someTopics(Fields in) {
    List<String> names = in.texts("topics", MAX_TOPICS, MAX_TOPIC);
    if (names.isEmpty()) {
      throw Fields.wrong("topics", "must name at least one topic");
    }
    return names;
  }

  private static Subscribe subscribe(List<String> names) {
    List<TopicName> topics = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String name : names) {
      topic(name).ifPresentOrElse(topics::add, () -> unknown.add(name));
    }
    return new Subscribe(topics, unknown);
  }

  private static Optional<TopicName> topic(String name) {
    return TopicName.parse(name).filter(TOPICS::contains);
  }

  private static Command read(Fields in) {
    return in.flag("all", false)
        ? READ_ALL
        : new ReadNotifications(List.of(in.text("notification_id", MAX_ID)));
  }
}
