package dev.parley.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/// Reads one JSON object as a token should have it: no name twice (two readers might each believe
/// another one), nothing after it, and nothing deep or endless in it.
final class StrictJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxNumberLength(100)
                  .maxStringLength(Jws.MAX_LENGTH)
                  .build())
          .build();

  private StrictJson() {}

  /// Takes a field. The parser stands on its value; children that are left unread are skipped.
  interface FieldReader {
    void onField(String name, JsonParser value) throws IOException;
  }

  /// @throws IOException if it is anything else than one such object in UTF-8
  static void readObject(byte[] json, FieldReader fields) throws IOException {
    try (var parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object");
      }
      for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        fields.onField(name, parser);
        parser.skipChildren();
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw new IOException("not one object");
      }
    }
  }
}
