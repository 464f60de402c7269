package dev.parley.rooms;

/// The order of the two users in the name of their room: numbers by value, everything else by code
/// point. Ids of the same value (`7` and `007`) are told apart by code point.
final class IdOrder {
  private IdOrder() {}

  static boolean isBefore(String a, String b) {
    int order = isNumber(a) && isNumber(b) ? compareNumbers(a, b) : 0;
    return order == 0 ? a.compareTo(b) < 0 : order < 0;
  }

  /// Of any length: the longer number is the greater one.
  private static int compareNumbers(String a, String b) {
    String left = withoutLeadingZeros(a);
    String right = withoutLeadingZeros(b);
    return left.length() == right.length()
        ? left.compareTo(right)
        : Integer.compare(left.length(), right.length());
  }

  private static String withoutLeadingZeros(String number) {
    int at = 0;
    while (at < number.length() - 1 && number.charAt(at) == '0') {
      at++;
    }
    return number.substring(at);
  }

  private static boolean isNumber(String id) {
    return !id.isEmpty() && id.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
