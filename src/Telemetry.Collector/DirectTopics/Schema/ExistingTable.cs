using System.Text.RegularExpressions;

namespace Telemetry.Collector.DirectTopics.Schema;

/// <summary>A table, or view, as <c>system.tables</c> describes it.</summary>
internal sealed partial record ExistingTable(
    string Name, string Engine, string EngineFull, string PartitionKey, string SortingKey, string Comment)
{
    /// <summary>Days that rows are kept; null for ever.</summary>
    public int? RetentionDays =>
        Retention().Match(EngineFull) is { Success: true } match ? int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"TTL toDateTime\(kafka_time\) \+ toIntervalDay\((\d+)\)")]
    private static partial Regex Retention();
}
