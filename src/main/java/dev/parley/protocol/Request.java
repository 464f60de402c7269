package dev.parley.protocol;

/// A command on its way to the domain that decides it.
public record Request(Caller caller, Command command) {}
