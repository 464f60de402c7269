package dev.parley.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.errorprone.annotations.CheckReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/// One thread's generator, kept from document to document so that writing allocates little more
/// than the result.
@CheckReturnValue
final class DocumentWriter {
  private final ByteSink sink = new ByteSink();
  private final JsonGenerator generator;
  private final JsonWriter writer;

  DocumentWriter(JsonFactory factory) {
    try {
      generator = factory.createGenerator(sink);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    writer = new JsonWriter(generator);
  }

  byte[] write(Consumer<JsonWriter> body) {
    body.accept(writer);
    try {
      generator.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sink.take();
  }
}
