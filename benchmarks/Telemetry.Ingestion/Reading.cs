using System.Diagnostics;
using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.DirectTopics.Schema;

namespace Telemetry.Ingestion;

/// <summary>Ways to bring the records into ClickHouse, each into an empty database of its own.</summary>
internal sealed class Reading(string url, string brokers, string file, int count)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private int _number;

    /// <summary>From the topic, by the generated tables and views, until every record is a row.</summary>
    public Task<double> FromKafkaAsync() => InDatabaseAsync(async (database, name) =>
    {
        var options = new DirectTopicsOptions
        {
            Mode = DirectTopicsMode.ClickHouse, Kafka = brokers, Topics = { Records.Topic }, NamedCollection = name, GroupPrefix = name,
            FlushInterval = TimeSpan.FromMilliseconds(500),
        };
        if (!TopicSchemas.TryCreate(options, out var schemas, out var error))
            throw new InvalidOperationException(error);
        var watch = Stopwatch.StartNew();
        await new SchemaManager(database, Options.Create(options)).ApplyAsync(schemas, false, default);
        while (await NumberAsync(database, $"SELECT count() FROM {database.Table(Records.Topic)}") < count)
        {
            if (watch.Elapsed > Patience)
                throw new TimeoutException("The records are not all rows after five minutes.");
            await Task.Delay(20);
        }

        return watch.Elapsed.TotalSeconds;
    });

    /// <summary>From the file by the same views' query into the same table.</summary>
    public Task<double> FromFileByTheSameQueryAsync() => InDatabaseAsync(async (database, _) =>
    {
        var (tables, schema) = Tables(database);
        await database.ExecuteAsync(tables.CreateLanding(schema), default);
        var source =
            $"(SELECT json AS raw, '{Records.Topic}' AS _topic, 0 AS _partition, rowNumberInAllBlocks() AS _offset, toNullable(now64(3)) AS _timestamp_ms, '' AS _error " +
            $"FROM file({Sql.Literal(file)}, 'JSONAsString'))";
        var columns = string.Join(", ", DirectTables.GoodColumns(schema).Select(Sql.Identifier));
        return await TimeAsync(database, $"INSERT INTO {database.Table(Records.Topic)} ({columns}) {DecodeSql.Good(schema, source)}");
    });

    /// <summary>From the file by ClickHouse's own JSON format into a table of the same columns, without the record and without a check.</summary>
    public Task<double> FromFileByJsonEachRowAsync() => InDatabaseAsync(async (database, _) =>
    {
        var (tables, schema) = Tables(database);
        await database.ExecuteAsync(tables.CreateLanding(schema), default);
        var attributes = EnvelopeColumns.Attributes.Select(attribute => attribute.Attribute).ToList();
        var structure = string.Join(", ", attributes.Select(name => $"{name} String").Append("time DateTime64(3, \\'UTC\\')").Append("sequence String")
            .Append($"data Tuple({string.Join(", ", schema.Columns.Select(column => $"{column.Field} {column.Type.ClickHouse}"))})"));
        var columns = string.Join(", ", attributes.Append("time").Append("sequence").Concat(schema.Columns.Select(column => column.Name)).Concat(["kafka_offset", "kafka_time"]));
        var values = string.Join(", ", attributes.Append("time").Append("toUInt64(sequence)").Concat(schema.Columns.Select(column => $"data.{column.Field}"))
            .Concat(["rowNumberInAllBlocks()", "time"]));
        return await TimeAsync(
            database,
            $"INSERT INTO {database.Table(Records.Topic)} ({columns}) SELECT {values} FROM file({Sql.Literal(file)}, 'JSONEachRow', '{structure}') " +
            "SETTINGS date_time_input_format = 'best_effort'");
    });

    private (DirectTables Tables, TopicSchema Schema) Tables(ClickHouseDatabase database)
    {
        var options = new DirectTopicsOptions { Kafka = brokers, Topics = { Records.Topic } };
        return TopicSchemas.TryCreate(options, out var schemas, out var error)
            ? (new DirectTables(options, database.Name, cluster: null), schemas[0])
            : throw new InvalidOperationException(error);
    }

    private async Task<double> TimeAsync(ClickHouseDatabase database, string insert)
    {
        var watch = Stopwatch.StartNew();
        await database.ExecuteAsync(insert, default);
        watch.Stop();
        var rows = await NumberAsync(database, $"SELECT count() FROM {database.Table(Records.Topic)}");
        return rows == count ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException($"{rows} rows came of {count} records.");
    }

    private async Task<double> InDatabaseAsync(Func<ClickHouseDatabase, string, Task<double>> measure)
    {
        var name = $"ingestion_{Environment.ProcessId}_{++_number}";
        using var database = new ClickHouseDatabase(Options.Create(new ClickHouseOptions { Url = url, Database = name, Timeout = Patience }));
        await database.ExecuteAsync($"CREATE DATABASE {name}", default);
        try
        {
            return await measure(database, name);
        }
        finally
        {
            await database.ExecuteAsync($"DROP DATABASE {name}", default);
            await database.ExecuteAsync($"DROP NAMED COLLECTION IF EXISTS {name}", default);
        }
    }

    private static async Task<long> NumberAsync(ClickHouseDatabase database, string sql) =>
        (await database.QueryAsync(sql, row => Convert.ToInt64(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture), default))[0];
}
