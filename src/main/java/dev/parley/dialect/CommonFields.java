package dev.parley.dialect;

import dev.parley.protocol.Command;
import dev.parley.protocol.CustomCommand;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Fields;
import dev.parley.protocol.PresenceCommand.SetPresence;
import dev.parley.protocol.PresenceStatus;
import dev.parley.protocol.RejectedException;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.UserId;
import java.util.List;
import java.util.Optional;

/// The fields that mean the same in several dialects, and their bounds.
final class CommonFields {
  private static final int MAX_TOKEN = 16_384;
  private static final int MAX_CELL = 64;
  private static final int MAX_STATUS = 256;
  private static final int MAX_TYPE = 128;

  private CommonFields() {}

  static String token(Fields in) {
    return in.text("token", MAX_TOKEN);
  }

  static Optional<String> cell(Fields in) {
    return in.optionalText("cell", MAX_CELL);
  }

  static List<UserId> someUsers(Fields in, String name, int max) {
    List<UserId> users = in.users(name, max);
    if (users.isEmpty()) {
      throw Fields.wrong(name, "must name at least one user");
    }
    return users;
  }

  static SetPresence presence(Fields in) {
    PresenceStatus status =
        PresenceStatus.parse(in.text("status", MAX_STATUS))
            .filter(s -> s != PresenceStatus.OFFLINE)
            .orElseThrow(() -> Fields.wrong("status", "must be online, away or busy"));
    return presence(in, status);
  }

  static SetPresence presence(Fields in, PresenceStatus status) {
    return new SetPresence(
        status,
        in.optionalText("status_message", MAX_STATUS),
        in.optionalText("location", MAX_STATUS));
  }

  /// A frame for a plug-in, if its type may name one.
  static Command custom(String type, Fields in) {
    if (type.length() > MAX_TYPE) {
      throw unknownType();
    }
    return new CustomCommand(type, in.object());
  }

  static RejectedException unknownType() {
    return new RejectedException(
        Rejection.of(ErrorCode.UNKNOWN_MESSAGE_TYPE, "Unknown message type"));
  }
}
