namespace Telemetry.Collector.Quotas.Reading;

/// <summary>Whose rows count: the stores do not read every record alike.</summary>
internal enum UsageRules
{
    /// <summary>Rows of the tables that ClickHouse fills.</summary>
    ClickHouse,

    /// <summary>Rows of the tables that this process fills.</summary>
    DuckDb,
}
