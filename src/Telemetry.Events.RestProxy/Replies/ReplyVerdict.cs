namespace Telemetry.Events.RestProxy;

/// <summary>What a reader made of a reply.</summary>
internal enum ReplyVerdict
{
    /// <summary>Each event has its outcome.</summary>
    Complete = 0,

    /// <summary>Some events have no reply of their own and are unknown; what there is can be trusted.</summary>
    Incomplete,

    /// <summary>It makes no sense: all its events are unknown, and its connection is not to be trusted.</summary>
    Garbled,
}
