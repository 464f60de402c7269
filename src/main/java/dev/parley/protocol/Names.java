package dev.parley.protocol;

/// The alphabets that identifiers are made of (`connection.md`), checked without regular
/// expressions because ids are parsed once per frame.
final class Names {
  static final int MAX_LENGTH = 128;
  private static final int MAX_TOPIC_LENGTH = 192;
  private static final String ID_MARKS = "._-@:|+";

  private Names() {}

  static boolean isUserId(String text) {
    return isMadeOf(text, MAX_LENGTH, ID_MARKS);
  }

  static boolean isTopicName(String text) {
    return isMadeOf(text, MAX_TOPIC_LENGTH, ID_MARKS);
  }

  static boolean isRoomName(String text) {
    return isMadeOf(text, MAX_LENGTH, "._-:@");
  }

  private static boolean isMadeOf(String text, int maxLength, String marks) {
    int length = text.length();
    if (length == 0 || length > maxLength) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!alphanumeric && marks.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
