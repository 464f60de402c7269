package dev.parley.dialect;

/// A whole message of a client, within the size limit.
///
/// @param payload UTF-8 if it is text (checked by the transport); not to be kept or changed
public record InFrame(boolean binary, byte[] payload) {}
