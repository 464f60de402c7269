package dev.parley.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/// Whom a broadcast is for: every authenticated connection that meets all conditions. An empty set
/// is no condition.
///
/// @param roles the user has one of these, at most 100
/// @param users the user is one of these, at most 10,000
/// @param rooms the connection joined one of these, at most 1,000
/// @param dialects the connection speaks one of these: `native`, `connect`, `workspace`, `aether`,
///   `nexus`
/// @param excludeUsers never these, at most 10,000
public record BroadcastFilter(
    Set<String> roles,
    Set<String> users,
    Set<String> rooms,
    Set<String> dialects,
    Set<String> excludeUsers) {
  public static final BroadcastFilter EVERYBODY =
      new BroadcastFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

  public BroadcastFilter {
    roles = Set.copyOf(roles);
    users = Set.copyOf(users);
    rooms = Set.copyOf(rooms);
    dialects = Set.copyOf(dialects);
    excludeUsers = Set.copyOf(excludeUsers);
  }

  public BroadcastFilter withRoles(String... some) {
    return new BroadcastFilter(Set.copyOf(List.of(some)), users, rooms, dialects, excludeUsers);
  }

  public BroadcastFilter withUsers(String... some) {
    return new BroadcastFilter(roles, Set.copyOf(List.of(some)), rooms, dialects, excludeUsers);
  }

  public BroadcastFilter inRooms(String... some) {
    return new BroadcastFilter(roles, users, Set.copyOf(List.of(some)), dialects, excludeUsers);
  }

  public BroadcastFilter speaking(String... some) {
    return new BroadcastFilter(roles, users, rooms, Set.copyOf(List.of(some)), excludeUsers);
  }

  public BroadcastFilter without(String... some) {
    return new BroadcastFilter(roles, users, rooms, dialects, Set.copyOf(List.of(some)));
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    put(json, "roles", roles);
    put(json, "users", users);
    put(json, "rooms", rooms);
    put(json, "dialects", dialects);
    put(json, "exclude_users", excludeUsers);
    return json;
  }

  private static void put(JsonObject json, String name, Set<String> condition) {
    if (!condition.isEmpty()) {
      json.put(name, new JsonArray(List.copyOf(condition)));
    }
  }
}
