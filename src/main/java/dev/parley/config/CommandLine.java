package dev.parley.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The options of the command line that set keys: `--section.key=value` or `--section.key value`.
///
/// @param file the configuration file that `--conf` names
/// @param values what else was set
record CommandLine(Optional<String> file, Map<String, Given> values) {
  private static final String SOURCE = "command line";

  static CommandLine parse(List<String> arguments) {
    var values = new LinkedHashMap<String, Given>();
    var rest = arguments.iterator();
    while (rest.hasNext()) {
      var argument = rest.next();
      if (!argument.startsWith("--") || argument.length() < 3) {
        throw new Refusal(
            argument
                + " (command line) is refused: options are --section.key=value or --conf file");
      }
      int equals = argument.indexOf('=');
      var name = argument.substring(2, equals < 0 ? argument.length() : equals);
      if (equals < 0 && !rest.hasNext()) {
        throw new Refusal("--" + name + " (command line) is refused: its value is missing");
      }
      values.put(
          name, new Given(equals < 0 ? rest.next() : argument.substring(equals + 1), SOURCE));
    }
    var file = Optional.ofNullable(values.remove("conf")).map(Given::text);
    return new CommandLine(file, values);
  }
}
