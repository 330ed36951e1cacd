namespace Telemetry.Collector.Completeness;

/// <summary>What can be said of one delivery class of one producer.</summary>
public enum CompletenessState
{
    /// <summary>All that the producer reports has arrived.</summary>
    Complete = 0,

    /// <summary>What has not arrived is on its way, or on the producer's disk.</summary>
    InFlight,

    /// <summary>What has not arrived was given up by the producer, which names the reasons.</summary>
    Dropped,

    /// <summary>Events have not arrived, and nobody answers for them.</summary>
    Missing,

    /// <summary>The producer has sent no report.</summary>
    Unreported,

    /// <summary>The producer has sent events to topics that are not watched.</summary>
    NotWatched,
}
