package dev.parley.jobs;

import dev.parley.protocol.Job;

/// A job as it is stored.
///
/// @param version of its record
/// @param bytes of its record
record Kept(Job job, long version, int bytes) {}
