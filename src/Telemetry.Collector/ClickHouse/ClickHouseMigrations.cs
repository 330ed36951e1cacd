namespace Telemetry.Collector.ClickHouse;

/// <summary>
/// Brings a component's tables up to date, step by step, and remembers how far it came in <c>schema_version</c>. A released step is
/// never edited; a change is a new one at the end.
/// </summary>
/// <remarks>
/// ClickHouse has no transactions: a crash between a step and its record repeats the step, so write each so that it does nothing the
/// second time (<c>IF NOT EXISTS</c>). Instances that start together do the same steps beside each other, for the same reason.
/// </remarks>
public static class ClickHouseMigrations
{
    private const string VersionTable = "schema_version";

    /// <summary>Runs the steps that are not recorded yet, in their order.</summary>
    /// <param name="database">Where; made where it is missing.</param>
    /// <param name="component">Whose tables they are, such as <c>runs</c>.</param>
    /// <param name="steps">One statement each.</param>
    /// <param name="cancellationToken">Ends between two steps, or the wait for one.</param>
    /// <exception cref="System.Data.Common.DbException">ClickHouse refuses a step, or does not answer.</exception>
    /// <exception cref="InvalidOperationException">A newer Collector has made the tables.</exception>
    public static async Task ApplyAsync(
        ClickHouseDatabase database, string component, IReadOnlyList<string> steps, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentException.ThrowIfNullOrEmpty(component);
        ArgumentNullException.ThrowIfNull(steps);
        await PrepareAsync(database, cancellationToken);
        var version = await FindVersionAsync(database, component, cancellationToken);
        if (version > steps.Count)
        {
            throw new InvalidOperationException(
                $"The tables of {component} in ClickHouse's database {database.Name} have version {version}, and this Collector knows " +
                $"{steps.Count} at most: a newer one made them. Start that version again, or set {ClickHouseOptions.SectionName}:Database to another database.");
        }

        for (; version < steps.Count; version++)
        {
            await database.ExecuteAsync(steps[version], cancellationToken);
            await database.ExecuteAsync(
                $"INSERT INTO {database.Table(VersionTable)} (component, version) VALUES ({{component:String}}, {{version:Int32}})",
                cancellationToken, ("component", component), ("version", version + 1));
        }
    }

    /// <summary>How many steps of a component are recorded; 0 where its tables were never made.</summary>
    public static async Task<int> FindVersionAsync(ClickHouseDatabase database, string component, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        var isThere = await database.QueryAsync(
            "SELECT 1 FROM system.tables WHERE database = {database:String} AND name = {table:String}",
            row => true, cancellationToken, ("database", database.Name), ("table", VersionTable));
        return isThere.Count == 0 ? 0 : (await database.QueryAsync(
            $"SELECT toInt32(max(version)) FROM {database.Table(VersionTable)} WHERE component = {{component:String}}",
            row => row.GetInt32(0), cancellationToken, ("component", component)))[0];
    }

    private static async Task PrepareAsync(ClickHouseDatabase database, CancellationToken cancellationToken)
    {
        var cluster = database.Cluster is { } name ? $" ON CLUSTER {Sql.Identifier(name)}" : "";
        var engine = database.Cluster is null ? "ReplacingMergeTree" : "ReplicatedReplacingMergeTree";
        await database.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {Sql.Identifier(database.Name)}{cluster}", cancellationToken);
        await database.ExecuteAsync(
            $"""
            CREATE TABLE IF NOT EXISTS {database.Table(VersionTable)}{cluster} (
              component  LowCardinality(String),
              version    Int32,
              applied_at DateTime('UTC') DEFAULT now()
            ) ENGINE = {engine} ORDER BY (component, version)
            """,
            cancellationToken);
    }
}
