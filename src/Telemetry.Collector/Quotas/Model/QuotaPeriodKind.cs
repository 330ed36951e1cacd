namespace Telemetry.Collector.Quotas.Model;

/// <summary>After what time an allowance begins anew.</summary>
internal enum QuotaPeriodKind
{
    /// <summary>Never: a limit for the user's lifetime.</summary>
    None,

    /// <summary>A calendar day.</summary>
    Day,

    /// <summary>A calendar week, from Monday on.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>The time before now, moving on in steps.</summary>
    Rolling,
}
