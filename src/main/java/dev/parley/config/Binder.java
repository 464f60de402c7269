package dev.parley.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.stream.Stream;

/// Makes the sections of what their keys were set to.
final class Binder {
  private final Map<String, Given> values;

  /// @param values one entry for every key
  Binder(Map<String, Given> values) {
    this.values = values;
  }

  Config bind() {
    return (Config) section("", Config.class);
  }

  private Object section(String prefix, Class<?> type) {
    var components = type.getRecordComponents();
    var arguments = Stream.of(components).map(c -> argument(prefix, c)).toArray();
    var types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof OutOfRange refused
          ? refusal(refused)
          : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object argument(String prefix, RecordComponent component) {
    var name = prefix + Key.wordsOf(component);
    return Key.isSection(component)
        ? section(name + ".", component.getType())
        : value(Key.named(name));
  }

  private Object value(Key key) {
    var given = given(key);
    try {
      var form = TextForms.of(key);
      return form.parse()
          .apply(given.text())
          .orElseThrow(() -> Refusal.ofValue(key, given, form.allowed()));
    } catch (OutOfRange refused) {
      throw refusal(refused);
    }
  }

  private Refusal refusal(OutOfRange refused) {
    var key = Key.named(refused.key());
    return Refusal.ofValue(key, given(key), refused.allowed());
  }

  private Given given(Key key) {
    return values.getOrDefault(key.name(), new Given("", Given.DEFAULT));
  }
}
