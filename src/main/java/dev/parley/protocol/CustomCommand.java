package dev.parley.protocol;

import io.vertx.core.json.JsonObject;

/// A frame of a type that no domain knows; offered to the plug-in handler of that type.
public record CustomCommand(String type, JsonObject message) implements Command {}
