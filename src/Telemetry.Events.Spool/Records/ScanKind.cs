namespace Telemetry.Events.Spool.Records;

/// <summary>What stands at the start of a window.</summary>
internal enum ScanKind
{
    /// <summary>An intact record.</summary>
    Record,

    /// <summary>Zeros without a record: room written ahead, if nothing follows them.</summary>
    Zeros,

    /// <summary>Something else.</summary>
    Damage,

    /// <summary>The window is too short to tell.</summary>
    NeedMore,

    /// <summary>The segment's end.</summary>
    End,
}
