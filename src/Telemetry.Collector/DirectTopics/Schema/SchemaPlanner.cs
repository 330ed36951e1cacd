using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.DeadLetters;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.DirectTopics.Schema;

/// <summary>Compares what is there with what the catalog asks for. Pure.</summary>
/// <param name="options">How the tables are to be.</param>
/// <param name="tables">Writes the statements.</param>
/// <param name="database">The database's name.</param>
/// <param name="cluster">The cluster, or null.</param>
internal sealed class SchemaPlanner(DirectTopicsOptions options, DirectTables tables, string database, string? cluster)
{
    // For a script of which the reader fills in the brokers; a plan for a server has been checked for them.
    private const string NoBrokers = "broker:9092";

    private readonly List<SchemaStep> _steps = [];
    private readonly List<string> _refusals = [];
    private readonly List<string> _notes = [];

    /// <summary>Compares; to be called once.</summary>
    /// <param name="schemas">What the catalog asks for.</param>
    /// <param name="state">What is there.</param>
    /// <param name="allowShorterRetention">Whether rows may be dropped because the retention is shorter than before.</param>
    public SchemaPlan Compare(IReadOnlyList<TopicSchema> schemas, SchemaState state, bool allowShorterRetention)
    {
        var letters = DeadLetterSchema.Steps(database, cluster);
        foreach (var sql in letters.Skip(state.DeadLetterVersion))
            _steps.Add(new SchemaStep($"create or migrate {DeadLetterSchema.TableName}", sql));
        var connection = KafkaConnectionString.Parse(options.Kafka ?? NoBrokers);
        if (!state.Collections.Contains(options.NamedCollection))
            _steps.AddRange(KafkaCollection.Steps(options.NamedCollection, connection, cluster).Take(1));
        if (KafkaCollection.Elsewhere(connection) is { Count: > 0 } elsewhere)
        {
            _notes.Add(
                $"ClickHouse takes {string.Join(", ", elsewhere)} from its server configuration alone: write them there, in <kafka>, with underscores for dots.");
        }

        foreach (var schema in schemas)
            Compare(schema, state, allowShorterRetention);
        return new SchemaPlan(_steps, _refusals, _notes);
    }

    private void Compare(TopicSchema schema, SchemaState state, bool allowShorterRetention)
    {
        if (state.Tables.TryGetValue(schema.Topic, out var landing))
        {
            CompareLanding(schema, landing, state.Columns.GetValueOrDefault(schema.Topic, new Dictionary<string, string>()), allowShorterRetention);
            CompareProjection(schema, state.Projections.GetValueOrDefault(schema.Topic, []));
        }
        else
        {
            _steps.Add(new SchemaStep($"create the table {schema.Topic}", tables.CreateLanding(schema)));
        }

        // No view of a view that is about to go: the events' view first, the rest while nothing is read.
        if (!IsThere(state, schema.EventsView, tables.CreateEventsView(schema)))
            Replace(state, schema.EventsView, isView: true, $"create the view {schema.EventsView}", tables.CreateEventsView(schema));
        CompareReading(schema, state);
    }

    private void CompareLanding(
        TopicSchema schema, ExistingTable landing, IReadOnlyDictionary<string, string> columns, bool allowShorterRetention)
    {
        if (!landing.Engine.EndsWith("ReplacingMergeTree", StringComparison.Ordinal))
        {
            _refusals.Add($"The table {schema.Topic} is a {landing.Engine} and not the Collector's. Rename it, or set Collector:ClickHouse:Database to another database.");
            return;
        }

        if (landing.PartitionKey != tables.PartitionKey)
        {
            _refusals.Add(
                $"The table {schema.Topic} is partitioned by {landing.PartitionKey}, and {DirectTopicsOptions.SectionName}:PartitionBy asks for " +
                $"{tables.PartitionKey}: ClickHouse cannot change that. Set PartitionBy back, or rename the table and copy its rows.");
        }

        var payload = schema.Columns.ToDictionary(column => column.Name);
        foreach (var (name, type) in DirectTables.Columns(schema))
        {
            var wanted = type.Split(" CODEC", 2)[0];
            if (!columns.TryGetValue(name, out var found))
            {
                if (payload.TryGetValue(name, out var column))
                    _steps.Add(new SchemaStep($"add the column {schema.Topic}.{name}", tables.AddColumn(schema, column)));
                else
                    _refusals.Add($"The table {schema.Topic} has no column {name}, which every table of the Collector has. Rename the table; it is not one.");
            }
            else if (found != wanted)
            {
                _refusals.Add(
                    $"The column {schema.Topic}.{name} is {found}, and the catalog makes it {wanted}: rows would lose what does not fit. " +
                    "A field does not change its type; give the new one a new name.");
            }
        }

        foreach (var name in columns.Keys.Except(DirectTables.Columns(schema).Select(column => column.Name)).Order(StringComparer.Ordinal))
            _notes.Add($"The column {schema.Topic}.{name} is not in the catalog any more. It stays, with its rows; new ones leave it empty.");
        CompareRetention(schema, landing, allowShorterRetention);
    }

    private void CompareProjection(TopicSchema schema, IReadOnlyList<string> found)
    {
        var wanted = UserProjection.Columns(schema);
        // A column that the catalog gave up stays in the table, and may stay here.
        if (wanted.Except(found).Any())
        {
            _steps.AddRange(tables.SetProjection(schema, replace: found.Count > 0)
                .Select(sql => new SchemaStep($"order the rows of {schema.Topic} by user too", sql)));
        }
    }

    private void CompareRetention(TopicSchema schema, ExistingTable landing, bool allowShorterRetention)
    {
        if (landing.RetentionDays == options.RetentionDays)
            return;
        var isShorter = options.RetentionDays is { } days && (landing.RetentionDays is not { } before || days < before);
        if (isShorter && !allowShorterRetention)
        {
            _refusals.Add(
                $"{schema.Topic} keeps rows {Days(landing.RetentionDays)}, and {DirectTopicsOptions.SectionName}:RetentionDays asks for " +
                $"{Days(options.RetentionDays)}: older rows would be dropped. Say --allow-shorter-retention if that is meant.");
            return;
        }

        _steps.Add(new SchemaStep($"keep the rows of {schema.Topic} {Days(options.RetentionDays)}", tables.ModifyTtl(schema)));
    }

    private void CompareReading(TopicSchema schema, SchemaState state)
    {
        var (good, bad, kafka) = (tables.CreateGoodView(schema), tables.CreateBadView(schema), tables.CreateKafka(schema));
        var hasGood = IsThere(state, schema.GoodView, good);
        var hasBad = IsThere(state, schema.BadView, bad);
        if (hasGood && hasBad && IsThere(state, schema.KafkaTable, kafka))
            return;

        // A Kafka table reads as soon as one view is there, and what the other would have taken is lost: it goes first and comes last.
        if (state.Tables.ContainsKey(schema.KafkaTable))
            _steps.Add(new SchemaStep($"stop reading {schema.Topic}", tables.Drop(schema.KafkaTable)));
        if (!hasGood || !hasBad)
        {
            _steps.Add(new SchemaStep($"hold the place of {schema.KafkaTable}", tables.CreatePlaceholder(schema)));
            if (!hasGood)
                Replace(state, schema.GoodView, isView: true, $"create the view {schema.GoodView}", good);
            if (!hasBad)
                Replace(state, schema.BadView, isView: true, $"create the view {schema.BadView}", bad);
            _steps.Add(new SchemaStep($"give up the place of {schema.KafkaTable}", tables.Drop(schema.KafkaTable)));
        }

        _steps.Add(new SchemaStep($"read {schema.Topic}", kafka));
    }

    private void Replace(SchemaState state, string name, bool isView, string summary, string create)
    {
        if (state.Tables.ContainsKey(name))
            _steps.Add(new SchemaStep($"drop {name}, which is of an earlier form", tables.Drop(name, isView)));
        _steps.Add(new SchemaStep(summary, create));
    }

    private static bool IsThere(SchemaState state, string name, string create) =>
        state.Tables.TryGetValue(name, out var table) && table.Comment == DirectTables.Fingerprint(create);

    private static string Days(int? days) => days is { } number ? $"for {number} days" : "for ever";
}
