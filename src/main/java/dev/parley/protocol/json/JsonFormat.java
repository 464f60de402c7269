package dev.parley.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.google.errorprone.annotations.CheckReturnValue;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.function.Consumer;

/// How JSON is laid out in bytes.
@CheckReturnValue
public final class JsonFormat {
  /// UTF-8 text.
  public static final JsonFormat TEXT =
      new JsonFormat(
          new JsonFactoryBuilder()
              .rootValueSeparator((String) null)
              .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8));

  /// RFC 8949, in the same shapes.
  public static final JsonFormat CBOR = new JsonFormat(CBORFactory.builder());

  /// How deep a document of our own may be; as deep as the generator writes one.
  private static final int MAX_DEPTH = 1000;

  private final JsonFactory factory;
  private final ThreadLocal<DocumentWriter> writers;

  private JsonFormat(TSFBuilder<?, ?> builder) {
    // What was written must be readable, however long: bounds are for those who read strangers.
    // Names are not kept for later documents: strangers chose some of them.
    this.factory =
        builder
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();
    this.writers = ThreadLocal.withInitial(() -> new DocumentWriter(factory));
  }

  /// Writes one document.
  ///
  /// @param body writes exactly one value; must not encode another document meanwhile
  public byte[] encode(Consumer<JsonWriter> body) {
    DocumentWriter writer = writers.get();
    try {
      return writer.write(body);
    } catch (RuntimeException fault) {
      writers.remove(); // it stands in the middle of a document
      throw fault;
    }
  }

  /// Reads what [#encode] wrote; not for what strangers send.
  public JsonObject decode(byte[] document) throws IOException {
    try (JsonParser parser = factory.createParser(document)) {
      return JsonTree.readObject(parser, MAX_DEPTH);
    }
  }
}
