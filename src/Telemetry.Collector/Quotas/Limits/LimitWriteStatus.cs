namespace Telemetry.Collector.Quotas.Limits;

/// <summary>What became of a wish to change an entry.</summary>
internal enum LimitWriteStatus
{
    /// <summary>It is durable and in force; or it was so already.</summary>
    Done,

    /// <summary>There is no such entry to remove.</summary>
    NotFound,

    /// <summary>The entry is not the one that the caller has seen.</summary>
    Changed,

    /// <summary>The limits file has it; only the file can change it.</summary>
    InFile,

    /// <summary>Others refer to it, or it refers to what is not there; the reason says which.</summary>
    Refused,

    /// <summary>The state log is not read yet.</summary>
    Starting,

    /// <summary>The state log did not take it; the reason says whether it may be there all the same.</summary>
    LogUnavailable,
}
