namespace Telemetry.Collector.Quotas.Reading;

/// <summary>What a record of a usage topic is.</summary>
internal enum UsageKind
{
    /// <summary>Usage of a resource.</summary>
    Usage,

    /// <summary>An event that is no usage: of another type, or without user or credits where it needs none.</summary>
    NotUsage,

    /// <summary>Not a row to the store.</summary>
    DeadLetter,
}
