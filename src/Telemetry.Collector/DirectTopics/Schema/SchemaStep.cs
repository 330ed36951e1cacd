namespace Telemetry.Collector.DirectTopics.Schema;

/// <summary>One statement of a plan.</summary>
/// <param name="Summary">What it does, in a few words.</param>
/// <param name="Sql">The statement. It may hold a secret.</param>
internal sealed record SchemaStep(string Summary, string Sql)
{
    /// <summary>The statement as it may be shown.</summary>
    public string ShownSql { get; init; } = Sql;
}
