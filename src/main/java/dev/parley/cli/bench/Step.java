package dev.parley.cli.bench;

/// What a connection makes of a frame that opens it or keeps it going.
sealed interface Step {
  Step OPENED = new Opened();
  Step JOINED = new Joined();
  Step IGNORED = new Ignored();

  /// The session stands (where there are tokens: it is authenticated).
  record Opened() implements Step {}

  /// One room more has been entered.
  record Joined() implements Step {}

  record Answer(byte[] payload) implements Step {}

  record Refused(String why) implements Step {}

  /// Of no interest.
  record Ignored() implements Step {}
}
