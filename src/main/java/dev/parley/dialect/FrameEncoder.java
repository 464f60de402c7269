package dev.parley.dialect;

import dev.parley.protocol.json.JsonFormat;
import dev.parley.protocol.json.JsonWriter;
import java.util.List;
import java.util.function.Consumer;

/// Makes frames of one encoding.
enum FrameEncoder {
  TEXT {
    @Override
    OutFrame frame(Consumer<JsonWriter> fields) {
      return OutFrame.text(document(JsonFormat.TEXT, fields));
    }
  },
  CBOR {
    @Override
    OutFrame frame(Consumer<JsonWriter> fields) {
      return OutFrame.binary(document(JsonFormat.CBOR, fields));
    }
  };

  /// A frame with one object.
  ///
  /// @param fields writes them into the open object
  abstract OutFrame frame(Consumer<JsonWriter> fields);

  List<OutFrame> one(Consumer<JsonWriter> fields) {
    return List.of(frame(fields));
  }

  private static byte[] document(JsonFormat format, Consumer<JsonWriter> fields) {
    return format.encode(
        out -> {
          fields.accept(out.object());
          out.end();
        });
  }
}
