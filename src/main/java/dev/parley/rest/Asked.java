package dev.parley.rest;

import dev.parley.protocol.Caller;
import dev.parley.protocol.Fields;

/// A call as its handler reads it. What is missing or wrong in it ends the reading, as [Fields]
/// say.
///
/// @param path the parameters of the path
/// @param body empty where the call has none
record Asked(Visitor visitor, Fields path, Query query, Fields body) {
  Caller caller() {
    return visitor.caller();
  }
}
