namespace Telemetry.Events.RestProxy;

/// <summary>How a lane goes on after a request.</summary>
internal enum LaneStep
{
    /// <summary>All its events are settled: the next request.</summary>
    Next = 0,

    /// <summary>The same events again, without compression.</summary>
    Again,

    /// <summary>The proxy refused the request for its content: its halves.</summary>
    Split,

    /// <summary>Some events are not settled: later ones of the topic must not overtake them.</summary>
    StopTopic,

    /// <summary>The proxy is in no state to take more: nothing further in this lane.</summary>
    StopLane,
}
