using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.Completeness;
using Telemetry.Collector.DeadLetters;

namespace Telemetry.Collector.Storage.ClickHouse;

/// <summary>All tables that the Collector itself writes in ClickHouse, and how long their rows are kept.</summary>
internal sealed partial class StoreSchema(IOptions<ClickHouseOptions> clickHouse, IOptions<StorageOptions> storage)
{
    private string Database => clickHouse.Value.Database;

    private string? Cluster => clickHouse.Value.Cluster;

    private int? RetentionDays => storage.Value.RetentionDays;

    public IReadOnlyList<SchemaComponent> Components =>
    [
        new(DeadLetterSchema.Component, DeadLetterSchema.Steps(Database, Cluster)),
        new(RunSchema.Component, RunSchema.Steps(Database, Cluster, RetentionDays)),
        new(ClickHouseCompletenessSchema.Component, ClickHouseCompletenessSchema.Steps(Database, Cluster)),
    ];

    /// <summary>What is to be done in the database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="allowShorterRetention">Whether rows may be dropped because the retention is shorter than before.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="System.Data.Common.DbException">ClickHouse does not answer.</exception>
    public async Task<SchemaPlan> PlanAsync(ClickHouseDatabase database, bool allowShorterRetention, CancellationToken cancellationToken)
    {
        List<SchemaStep> steps = [];
        List<string> refusals = [];
        foreach (var component in Components)
            steps.AddRange(Steps(component).Skip(await ClickHouseMigrations.FindVersionAsync(database, component.Name, cancellationToken)));

        var engines = (await database.QueryAsync(
            "SELECT name, engine_full FROM system.tables WHERE database = {database:String}",
            row => (row.GetString(0), row.GetString(1)), cancellationToken, ("database", database.Name))).ToDictionary();
        foreach (var (table, beganAt) in RunSchema.Tables)
        {
            var found = engines.TryGetValue(table, out var engine) ? DaysOf(engine) : RetentionDays;
            if (found == RetentionDays)
                continue;
            if (RetentionDays is { } days && (found is not { } before || days < before) && !allowShorterRetention)
            {
                refusals.Add(
                    $"{table} keeps rows {Text(found)}, and {StorageOptions.Section}:RetentionDays asks for {days} days: older rows would be " +
                    "dropped. Say --allow-shorter-retention if that is meant.");
                continue;
            }

            var ttl = RunSchema.Ttl(beganAt, RetentionDays);
            var onCluster = Cluster is { } cluster ? $" ON CLUSTER {Sql.Identifier(cluster)}" : "";
            steps.Add(new SchemaStep(
                $"keep the rows of {table} {Text(RetentionDays)}",
                $"ALTER TABLE {database.Table(table)}{onCluster} {(ttl.Length == 0 ? "REMOVE TTL" : $"MODIFY TTL {ttl}")}"));
        }

        return new SchemaPlan(steps, refusals, []);
    }

    /// <summary>Does what the plan says, unless it refuses something.</summary>
    /// <inheritdoc cref="PlanAsync"/>
    public async Task<SchemaPlan> ApplyAsync(ClickHouseDatabase database, bool allowShorterRetention, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(database, allowShorterRetention, cancellationToken);
        if (plan.Refusals.Count > 0)
            return plan;
        foreach (var component in Components)
            await ClickHouseMigrations.ApplyAsync(database, component.Name, component.Steps, cancellationToken);
        var migrations = Components.SelectMany(component => component.Steps).ToHashSet();
        foreach (var step in plan.Steps.Where(step => !migrations.Contains(step.Sql)))
            await database.ExecuteAsync(step.Sql, cancellationToken);
        return plan;
    }

    /// <summary>All statements for an empty server.</summary>
    public string Script() => SchemaStep.ScriptHeader +
        string.Concat(Components.Where(component => component.Name != DeadLetterSchema.Component).SelectMany(Steps).Select(step => step.Script));

    private static IEnumerable<SchemaStep> Steps(SchemaComponent component) =>
        component.Steps.Select(sql => new SchemaStep($"create or migrate {component.Name}", sql));

    private static int? DaysOf(string engine) =>
        Days().Match(engine) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    private static string Text(int? days) => days is { } number ? $"for {number} days" : "for ever";

    [GeneratedRegex(@"TTL toDateTime\(\w+\) \+ toIntervalDay\((\d+)\)")]
    private static partial Regex Days();
}
