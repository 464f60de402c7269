package dev.parley.protocol;

/// A command that changes what the next ones of its connection may do: none of them starts before
/// it is answered.
public sealed interface Barrier extends Command
    permits SessionCommand.Authenticate,
        SessionCommand.ResumeSession,
        SessionCommand.Subscribe,
        SessionCommand.Unsubscribe,
        RoomCommand.JoinRoom,
        RoomCommand.LeaveRoom,
        RoomCommand.WatchRoom,
        RoomCommand.UnwatchRoom,
        MetricsCommand.WatchMetrics,
        MetricsCommand.UnwatchMetrics,
        JobCommand.WatchJobs,
        JobCommand.UnwatchJobs {}
