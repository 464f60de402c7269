package dev.parley.dialect;

import dev.parley.protocol.Command;
import dev.parley.protocol.Fields;
import dev.parley.protocol.OperationsEvent.UpdateKind;
import dev.parley.protocol.RoomCommand.UnwatchRoom;
import dev.parley.protocol.RoomCommand.WatchRoom;
import dev.parley.protocol.RoomName;
import dev.parley.protocol.UserId;

/// What clients of `connect` subscribe to: rooms, by other words (`connect.md`).
final class ConnectSubscriptions {
  private static final int MAX_ID = 128;

  private ConnectSubscriptions() {}

  static Command documents(Fields in, UserId user, boolean subscribe) {
    RoomName room =
        in.flag("all", false) ? RoomName.ALL_DOCUMENT_UPDATES : RoomName.ofDocuments(user);
    return command(room, subscribe);
  }

  static Command orders(Fields in, boolean subscribe) {
    return command(room(in, UpdateKind.ORDER, "order_id"), subscribe);
  }

  static Command quotes(Fields in, boolean subscribe) {
    return command(room(in, UpdateKind.QUOTE, "quote_id"), subscribe);
  }

  /// An id that is a number counts as its decimal text.
  private static RoomName room(Fields in, UpdateKind kind, String field) {
    Object given = in.value(field).raw();
    String id =
        given instanceof Integer || given instanceof Long
            ? given.toString()
            : in.text(field, MAX_ID);
    return kind.room(id)
        .orElseThrow(() -> Fields.wrong(field, "must be of letters, digits and . _ - : @"));
  }

  private static Command command(RoomName room, boolean subscribe) {
    return subscribe ? new WatchRoom(room) : new UnwatchRoom(room);
  }
}
