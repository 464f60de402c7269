package dev.parley.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A command's own options, taken out of its arguments: `--user U` or `--user=U`, each as often as
/// it likes. The rest is for the configuration.
///
/// @param rest what is not the command's own, in order
record Options(Map<String, List<String>> own, List<String> rest) {
  /// @param names the command's own options, without dashes
  /// @throws UsageException if one has no value
  static Options split(List<String> arguments, Set<String> names) {
    var own = new HashMap<String, List<String>>();
    var rest = new ArrayList<String>();
    var words = arguments.iterator();
    while (words.hasNext()) {
      var word = words.next();
      int equals = word.indexOf('=');
      var name =
          word.startsWith("--") ? word.substring(2, equals < 0 ? word.length() : equals) : "";
      if (!names.contains(name)) {
        rest.add(word);
      } else if (equals >= 0) {
        own.computeIfAbsent(name, _ -> new ArrayList<>()).add(word.substring(equals + 1));
      } else if (words.hasNext()) {
        own.computeIfAbsent(name, _ -> new ArrayList<>()).add(words.next());
      } else {
        throw new UsageException("--" + name + " needs a value");
      }
    }
    return new Options(own, rest);
  }

  List<String> all(String name) {
    return own.getOrDefault(name, List.of());
  }

  /// The last one given.
  Optional<String> one(String name) {
    return all(name).isEmpty() ? Optional.empty() : Optional.of(all(name).getLast());
  }
}
