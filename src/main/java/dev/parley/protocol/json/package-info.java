/// JSON as bytes, read and written fast; knows nothing of the vocabulary.
///
/// - [JsonFormat]: its two encodings, text and CBOR.
/// - [JsonWriter]: one document after another, field by field, without a tree in between.
/// - [JsonTree]: a document as a tree, bounded in depth.
///
/// What is read or written is always well-formed Unicode with finite numbers, whatever came in.
@NullMarked
package dev.parley.protocol.json;

import org.jspecify.annotations.NullMarked;
