package dev.parley.protocol;

/// How a command ended: as asked ([Reply]) or refused ([Rejection]). An expected failure is a
/// value; only faults fail a future.
public sealed interface Outcome permits Reply, Rejection {}
