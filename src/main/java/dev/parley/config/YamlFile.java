package dev.parley.config;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A configuration file, flattened to dotted keys that know their line.
final class YamlFile {
  private final String name;
  private final Map<String, Given> values = new LinkedHashMap<>();

  private YamlFile(String name) {
    this.name = name;
  }

  /// @param name what the file is called in messages
  static Map<String, Given> parse(String name, String text) {
    var file = new YamlFile(name);
    try {
      new Compose(LoadSettings.builder().setLabel(name).build())
          .composeString(text)
          .ifPresent(root -> file.read("", root));
    } catch (MarkedYamlEngineException e) {
      var line = e.getProblemMark().map(mark -> " line " + (mark.getLine() + 1)).orElse("");
      throw new Refusal(name + line + " is no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new Refusal(name + " is no YAML: " + e.getMessage());
    }
    return file.values;
  }

  private void read(String path, Node node) {
    switch (node) {
      case MappingNode section when !Key.exists(path) ->
          section.getValue().forEach(entry -> readEntry(path, entry));
      case ScalarNode empty when isNothing(empty) && isKnown(path) -> {
        // A key without a value, or a section of which every key is commented out.
      }
      case Node value -> put(path, value);
    }
  }

  private void readEntry(String path, NodeTuple entry) {
    var key = scalar(entry.getKeyNode());
    read(path.isEmpty() ? key : path + "." + key, entry.getValueNode());
  }

  private void put(String path, Node value) {
    if (path.isEmpty()) {
      throw new Refusal(name + " holds no keys: it must be a YAML mapping");
    }
    if (values.put(path, new Given(textOf(value), sourceOf(value))) != null) {
      throw new Refusal(path + " is set twice (" + sourceOf(value) + "): once is allowed");
    }
  }

  private String textOf(Node value) {
    return switch (value) {
      case SequenceNode list ->
          list.getValue().stream().map(this::scalar).collect(joining(separator(list)));
      case MappingNode pairs -> pairs.getValue().stream().map(this::pair).collect(joining(";"));
      case Node scalar -> scalar(scalar);
    };
  }

  private static boolean isNothing(ScalarNode node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static boolean isKnown(String path) {
    return path.isEmpty()
        || Key.exists(path)
        || Key.ALL.stream().anyMatch(key -> key.name().startsWith(path + "."));
  }

  /// Rules hold commas themselves.
  private String separator(SequenceNode list) {
    return list.getValue().stream().map(this::scalar).anyMatch(text -> text.contains(": "))
        ? ";"
        : ",";
  }

  private String pair(NodeTuple entry) {
    return scalar(entry.getKeyNode()) + ": " + textOf(entry.getValueNode());
  }

  private String scalar(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new Refusal(sourceOf(node) + ": a plain value is expected here");
  }

  private String sourceOf(Node node) {
    return name + node.getStartMark().map(YamlFile::line).orElse("");
  }

  private static String line(Mark mark) {
    return " line " + (mark.getLine() + 1);
  }
}
