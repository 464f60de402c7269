package dev.parley.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes any record of the vocabulary at random, so that a property over "all events" holds for
/// those that do not exist yet, too.
public final class RandomRecords {
  private static final String[] TEXTS = {
    "",
    "a",
    "Grüße",
    "日本語",
    "👍🏽",
    "\"quoted\\\" \n\t\u0000",
    "\u2028</script>",
    "0",
    "x".repeat(9000)
  };

  private final Random random;

  public RandomRecords(Random random) {
    this.random = random;
  }

  /// Every record of a sealed family.
  public static List<Class<?>> recordsOf(Class<?> family) {
    if (family.isRecord()) {
      return List.of(family);
    }
    return Stream.of(family.getPermittedSubclasses()).flatMap(c -> recordsOf(c).stream()).toList();
  }

  public <T> T make(Class<T> type) {
    return type.cast(value(type));
  }

  private Object value(Type type) {
    return switch (type) {
      case Class<?> plain -> plain(plain);
      case ParameterizedType generic ->
          generic((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private Object plain(Class<?> type) {
    if (type.isSealed() && !type.isRecord()) {
      List<Class<?>> records = recordsOf(type);
      return plain(records.get(random.nextInt(records.size())));
    }
    if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    }
    return switch (type.getName()) {
      case "int" -> random.nextInt(Integer.MAX_VALUE);
      case "long" -> random.nextLong(Long.MAX_VALUE);
      case "boolean" -> random.nextBoolean();
      case "double" -> random.nextBoolean() ? random.nextInt(1000) : random.nextGaussian() * 1e6;
      case "java.lang.String" -> text();
      case "[B" -> text().getBytes(StandardCharsets.UTF_8);
      case "java.lang.Long" -> random.nextLong();
      case "java.lang.Double" -> random.nextInt(1000) / 10.0;
      case "java.lang.Boolean" -> random.nextBoolean();
      case "java.time.Instant" -> Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
      case "java.time.Duration" -> Duration.ofMillis(random.nextInt(10_000_000));
      case "io.vertx.core.json.JsonObject" -> tree(3);
      case "io.vertx.core.json.JsonArray" -> array(3);
      case "dev.parley.protocol.JsonValue" -> new JsonValue(json(3));
      case "dev.parley.protocol.RoomName" -> new RoomName("r" + random.nextInt(100) + "_-:@.");
      case "dev.parley.protocol.UserId" -> new UserId("u" + random.nextInt(100) + "_-:@|+.");
      case "dev.parley.protocol.JobId" -> new JobId("j" + random.nextInt(100) + "_-:@|+.");
      case "dev.parley.protocol.TopicName" -> new TopicName("t" + random.nextInt(100) + "_-:@|+.");
      case "dev.parley.protocol.ChatMessage" ->
          ((ChatMessage) record(type)).placedAt(1 + random.nextInt(1_000));
      default -> record(type);
    };
  }

  private Object generic(Class<?> type, Type[] of) {
    return switch (type.getName()) {
      case "java.util.Optional" ->
          random.nextBoolean() ? Optional.empty() : Optional.of(value(of[0]));
      case "java.util.List" -> values(of[0], new ArrayList<>());
      case "java.util.Set" -> Set.copyOf(values(of[0], new HashSet<>()));
      case "java.util.Map" -> map(of[0], of[1]);
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private <C extends java.util.Collection<Object>> C values(Type of, C into) {
    for (int i = random.nextInt(4); i > 0; i--) {
      into.add(value(of));
    }
    return into;
  }

  private Map<Object, Object> map(Type key, Type of) {
    var map = new LinkedHashMap<>();
    for (Object name : values(key, new LinkedHashSet<>())) {
      map.put(name, value(of));
    }
    return map;
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
    Object[] values = Stream.of(components).map(c -> value(c.getGenericType())).toArray();
    try {
      return type.getConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.toString(), e);
    }
  }

  public String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  /// Any JSON value as a reader of JSON would make it.
  private @Nullable Object json(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> null;
      case 1 -> text();
      case 2 -> random.nextInt();
      case 3 -> (1L << 40) + random.nextInt();
      case 4 -> random.nextDouble();
      case 5 -> random.nextBoolean();
      case 6 -> tree(depth - 1);
      default -> array(depth - 1);
    };
  }

  public JsonObject tree(int depth) {
    var tree = new JsonObject();
    for (int i = random.nextInt(4); i > 0; i--) {
      tree.put(text() + i, json(depth));
    }
    return tree;
  }

  private JsonArray array(int depth) {
    var array = new JsonArray();
    for (int i = random.nextInt(4); i > 0; i--) {
      array.add(json(depth));
    }
    return array;
  }
}
