package dev.parley.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.Rejection;
import dev.parley.protocol.json.JsonTree;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/// Reads the frames of strangers as JSON objects, at a cost that their size bounds. Never throws.
final class FrameParser {
  /// What a frame is before anyone looks at its meaning.
  sealed interface Parsed {
    record Typed(String type, JsonObject frame) implements Parsed {}

    /// @param frame empty if it could not be read at all
    record Malformed(Rejection rejection, JsonObject frame) implements Parsed {}
  }

  private final JsonFactory factory;
  private final boolean binary;
  private final String typeField;
  private final int maxDepth;

  private FrameParser(
      TSFBuilder<?, ?> builder, boolean binary, String typeField, DialectLimits limits) {
    this.factory = bound(builder, limits);
    this.binary = binary;
    this.typeField = typeField;
    this.maxDepth = limits.jsonDepth();
  }

  /// JSON in text frames.
  ///
  /// @param typeField the field that names the command
  static FrameParser ofText(String typeField, DialectLimits limits) {
    return new FrameParser(new JsonFactoryBuilder(), false, typeField, limits);
  }

  /// CBOR in binary frames.
  static FrameParser ofCbor(String typeField, DialectLimits limits) {
    return new FrameParser(CBORFactory.builder(), true, typeField, limits);
  }

  Parsed parse(InFrame frame) {
    if (frame.binary() != binary) {
      String expected = binary ? "Only binary frames (CBOR)" : "Only text frames";
      return malformed(Rejection.invalid(typeField, expected + " are understood here"));
    }
    try (JsonParser parser = factory.createParser(frame.payload())) {
      return typed(JsonTree.readObject(parser, maxDepth));
    } catch (JsonProcessingException e) {
      return malformed(notJson(where(e)));
    } catch (IOException _) {
      return malformed(notJson(""));
    }
  }

  private Parsed typed(JsonObject frame) {
    return frame.getValue(typeField) instanceof String type && !type.isEmpty()
        ? new Parsed.Typed(type, frame)
        : new Parsed.Malformed(
            Rejection.invalid(typeField, "A frame needs a text in " + typeField), frame);
  }

  private static Parsed malformed(Rejection rejection) {
    return new Parsed.Malformed(rejection, new JsonObject());
  }

  /// A text is counted in characters, CBOR in bytes; some errors have no place.
  private static String where(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    if (location == null) {
      return "";
    }
    if (location.getByteOffset() >= 0) {
      return " near byte " + location.getByteOffset();
    }
    return location.getCharOffset() >= 0 ? " near character " + location.getCharOffset() : "";
  }

  private static Rejection notJson(String where) {
    return Rejection.of(
        ErrorCode.INVALID_JSON, "The frame is not a JSON object within the limits" + where);
  }

  /// Text is bounded by the message's size, which the transport holds. Names are not kept for later
  /// frames: strangers choose them.
  private static JsonFactory bound(TSFBuilder<?, ?> builder, DialectLimits limits) {
    return builder
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(limits.jsonDepth())
                .maxNumberLength(limits.jsonNumberDigits())
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build())
        .build();
  }
}
