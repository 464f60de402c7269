package dev.parley.gateway;

import dev.parley.auth.limits.Quota;
import dev.parley.config.QueueConfig;
import dev.parley.protocol.SessionEvent.SessionLimits;
import java.time.Duration;

/// What holds for the sessions of one dialect.
///
/// @param authTimeout how long a connection may take to show a token
/// @param tokenGrace how long it lives on after its token ended
/// @param expiryNotice how long before the end of its token it is told
/// @param pingInterval silence after which it is pinged
/// @param pingTimeout silence after which it is given up
/// @param idleTimeout without an application frame either way for so long it is closed; zero: never
/// @param typingTimeout after so long typing ends by itself
/// @param maxStrangerBytes a message of a client that is not authenticated, which may have no
///   fragments
/// @param maxMessageBytes a message of an authenticated client
/// @param maxRooms rooms that one connection may have joined
/// @param maxUnanswered commands in flight; with more the connection is not read
/// @param badMessages malformed frames before it is closed
/// @param ephemeral cursors, selections and typing
/// @param outbox what may wait for it
/// @param queue how it is fed with what waited for its user, and what is noted of it
/// @param welcome what its welcome tells of all this
record SessionSettings(
    Duration authTimeout,
    Duration tokenGrace,
    Duration expiryNotice,
    Duration pingInterval,
    Duration pingTimeout,
    Duration idleTimeout,
    Duration typingTimeout,
    int maxStrangerBytes,
    int maxMessageBytes,
    int maxRooms,
    int maxUnanswered,
    Quota badMessages,
    Quota ephemeral,
    OutboxLimits outbox,
    QueueConfig queue,
    SessionLimits welcome) {}
