package dev.parley.dialect;

import dev.parley.protocol.Fields;
import dev.parley.protocol.TopicName;
import java.util.List;

/// Names of topics in frames.
final class TopicFields {
  private static final String TOPICS = "topics";
  private static final int MAX_TOPICS = 500;
  private static final int MAX_NAME = 192;

  private TopicFields() {}

  /// At least one.
  static List<TopicName> some(Fields in) {
    List<TopicName> topics = in.list(TOPICS, MAX_TOPICS, TopicFields::topic);
    if (topics.isEmpty()) {
      throw Fields.wrong(TOPICS, "must name at least one topic");
    }
    return topics;
  }

  /// Those of an earlier connection; what is none any more is passed over later.
  static List<String> resumed(Fields in) {
    return in.texts(TOPICS, MAX_TOPICS, MAX_NAME);
  }

  private static TopicName topic(Object element) {
    return TopicName.parse(Fields.asText(TOPICS, element, MAX_NAME))
        .orElseThrow(
            () ->
                Fields.wrong(
                    TOPICS, "names what is not 1–192 of letters, digits and . _ - : @ | +"));
  }
}
