package dev.parley.protocol;

import io.vertx.core.json.JsonObject;

/// A JSON object of a verticle or an administrator that reaches every dialect as it was given. It
/// is durable if it was asked to enter a room's log ([RoomCommand.RecordMessage]).
public record CustomMessage(JsonObject message) implements Event {}
