using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.DeadLetters;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.DirectTopics.Schema;

/// <summary>Plans, applies and drops the tables of the direct topics in ClickHouse.</summary>
internal sealed class SchemaManager(ClickHouseDatabase database, IOptions<DirectTopicsOptions> options)
{
    private DirectTables Tables => new(options.Value, database.Name, database.Cluster);

    /// <summary>What would have to be done.</summary>
    /// <exception cref="System.Data.Common.DbException">ClickHouse does not answer.</exception>
    public async Task<SchemaPlan> PlanAsync(
        IReadOnlyList<TopicSchema> schemas, bool allowShorterRetention, CancellationToken cancellationToken)
    {
        var state = await SchemaState.ReadAsync(database, cancellationToken);
        return new SchemaPlanner(options.Value, Tables, database.Name, database.Cluster).Compare(schemas, state, allowShorterRetention);
    }

    /// <summary>
    /// Does what the plan says, unless it refuses something. The login is set anew each time, because ClickHouse does not show it.
    /// A failure in the middle leaves reading stopped for one topic at most; the next call goes on from there.
    /// </summary>
    /// <exception cref="System.Data.Common.DbException">ClickHouse refuses a statement, or does not answer.</exception>
    public async Task<SchemaPlan> ApplyAsync(
        IReadOnlyList<TopicSchema> schemas, bool allowShorterRetention, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(schemas, allowShorterRetention, cancellationToken);
        if (plan.Refusals.Count > 0)
            return plan;
        var letters = DeadLetterSchema.Steps(database.Name, database.Cluster);
        await ClickHouseMigrations.ApplyAsync(database, DeadLetterSchema.Component, letters, cancellationToken);
        var collection = KafkaCollection.Steps(options.Value.NamedCollection, KafkaConnectionString.Parse(options.Value.Kafka), database.Cluster);
        foreach (var step in collection.Concat(plan.Steps.Where(step => !letters.Contains(step.Sql))))
            await database.ExecuteAsync(step.Sql, cancellationToken);
        return plan;
    }

    /// <summary>Stops reading and drops the views; the tables with data only where that is asked for.</summary>
    /// <returns>The statements that were run.</returns>
    /// <exception cref="System.Data.Common.DbException">ClickHouse refuses a statement, or does not answer.</exception>
    public async Task<IReadOnlyList<string>> DropAsync(IReadOnlyList<TopicSchema> schemas, bool deleteData, CancellationToken cancellationToken)
    {
        var tables = Tables;
        var statements = new List<string>();
        foreach (var schema in schemas)
        {
            statements.Add(tables.Drop(schema.KafkaTable));
            statements.AddRange(new[] { schema.GoodView, schema.BadView, schema.EventsView }.Select(view => tables.Drop(view, isView: true)));
            if (deleteData)
                statements.Add(tables.Drop(schema.Topic));
        }

        foreach (var statement in statements)
            await database.ExecuteAsync(statement, cancellationToken);
        return statements;
    }

    /// <summary>All statements for an empty server, as files by name. Where no brokers are set, <c>broker:9092</c> stands for them.</summary>
    public static IReadOnlyDictionary<string, string> Script(
        IReadOnlyList<TopicSchema> schemas, DirectTopicsOptions options, string database, string? cluster)
    {
        var tables = new DirectTables(options, database, cluster);
        var empty = new SchemaState(
            new Dictionary<string, ExistingTable>(), new Dictionary<string, IReadOnlyDictionary<string, string>>(),
            new Dictionary<string, IReadOnlyList<string>>(), new HashSet<string>(), 0);
        SchemaPlan Plan(IReadOnlyList<TopicSchema> some) => new SchemaPlanner(options, tables, database, cluster).Compare(some, empty, false);
        var common = Plan([]).Steps;
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["0-common.sql"] = Text(common) };
        foreach (var schema in schemas)
            files.Add($"{schema.Topic}.sql", Text(Plan([schema]).Steps.Skip(common.Count)));
        return files;
    }

    private static string Text(IEnumerable<SchemaStep> steps) =>
        SchemaStep.ScriptHeader +
        string.Concat(steps.Select(step => step.Script));
}
