package dev.parley.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.slf4j.event.KeyValuePair;

/// A log line for collectors:
/// `{"time","level","logger","thread","message",…key-values…,"exception"}`.
public final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> OWN =
      Set.of("time", "level", "logger", "thread", "message", "exception");

  @Override
  public byte[] encode(ILoggingEvent event) {
    var bytes = new ByteArrayOutputStream(256);
    try (var json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      write(event, json);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  private static void write(ILoggingEvent event, JsonGenerator json) throws IOException {
    json.writeStringField("time", event.getInstant().toString());
    json.writeStringField("level", event.getLevel().toString());
    json.writeStringField("logger", event.getLoggerName());
    json.writeStringField("thread", event.getThreadName());
    json.writeStringField("message", event.getFormattedMessage());
    List<KeyValuePair> pairs =
        event.getKeyValuePairs() == null ? List.of() : event.getKeyValuePairs();
    for (KeyValuePair pair : pairs) {
      write(OWN.contains(pair.key) ? pair.key + "_" : pair.key, pair.value, json);
    }
    if (event.getThrowableProxy() != null) {
      json.writeStringField("exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
  }

  private static void write(String key, Object value, JsonGenerator json) throws IOException {
    switch (value) {
      case Integer number -> json.writeNumberField(key, number);
      case Long number -> json.writeNumberField(key, number);
      case Double number -> json.writeNumberField(key, number);
      case Boolean flag -> json.writeBooleanField(key, flag);
      case null, default -> json.writeStringField(key, String.valueOf(value));
    }
  }
}
