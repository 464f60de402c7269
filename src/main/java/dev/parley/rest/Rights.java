package dev.parley.rest;

/// Who may make a call.
enum Rights {
  /// Anybody; a token is not looked at.
  OPEN,
  /// Anybody; whoever shows a token must show a good one.
  VISITOR,
  /// A user; in development mode also somebody without a token.
  GUEST,
  USER,
  /// A user with the role `service`, or an administrator.
  SERVICE,
  /// A user with the role `admin`, from where administrators may call.
  ADMIN
}
