namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>What became of a record of a usage topic. Each is counted.</summary>
internal enum UsageOutcome
{
    /// <summary>It counts.</summary>
    Counted,

    /// <summary>An event with its id counts already.</summary>
    Duplicate,

    /// <summary>Its user is not in memory; it is kept for when the user is.</summary>
    Kept,

    /// <summary>It is too old to tell in memory whether it counts already; its user is read again.</summary>
    Late,

    /// <summary>It is an event, but no usage of any resource.</summary>
    NotUsage,

    /// <summary>It is a dead letter to the store, and counts nowhere.</summary>
    DeadLetter,
}
