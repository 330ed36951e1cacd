using System.Diagnostics;
using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Events.Testing;
using Telemetry.Tests.Shared;

namespace Telemetry.IntegrationTests.DirectTopics;

/// <summary>A broker, a ClickHouse, and a database and consumer groups of the test's own in it.</summary>
internal sealed class DirectTopicsFixture : IAsyncDisposable
{
    public static readonly string[] Topics =
        ["asset_access", "asset_transfer", "kuber_cpu", "kuber_gpu", "pbac_access", "pbac_politics", "pbac_service", "wkf_cpu", "wkf_gpu"];

    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];

    private DirectTopicsFixture(EmbeddedKafkaCluster kafka, ClickHouseServer server)
    {
        (Kafka, Server) = (kafka, server);
        ClickHouse = Options.Create(new ClickHouseOptions { Url = server.Url, Database = $"direct_{_unique}" });
        Database = new ClickHouseDatabase(ClickHouse);
    }

    public EmbeddedKafkaCluster Kafka { get; }

    public ClickHouseServer Server { get; }

    public IOptions<ClickHouseOptions> ClickHouse { get; }

    public ClickHouseDatabase Database { get; }

    public static async Task<DirectTopicsFixture> StartAsync(int partitions = 2, params string[] more) => new(
        EmbeddedKafkaCluster.Start(new EmbeddedKafkaOptions { Topics = [.. Topics.Concat(more).Select(topic => new EmbeddedKafkaTopic(topic, partitions))] }),
        await ClickHouseServer.StartAsync());

    public DirectTopicsOptions Settings(params string[] topics)
    {
        var options = new DirectTopicsOptions
        {
            Mode = DirectTopicsMode.ClickHouse,
            Kafka = Kafka.BootstrapServers,
            NamedCollection = $"kafka_{_unique}",
            GroupPrefix = $"direct-{_unique}",
            FlushInterval = TimeSpan.FromMilliseconds(500),
        };
        foreach (var topic in topics.Length > 0 ? topics : Topics)
            options.Topics.Add(topic);
        return options;
    }

    public static IReadOnlyList<TopicSchema> Schemas(DirectTopicsOptions options) =>
        TopicSchemas.TryCreate(options, out var schemas, out var error) ? schemas : throw new InvalidOperationException(error);

    public Task<SchemaPlan> ApplyAsync(DirectTopicsOptions options, IReadOnlyList<TopicSchema>? schemas = null) =>
        Manager(options).ApplyAsync(schemas ?? Schemas(options), false, default);

    public SchemaManager Manager(DirectTopicsOptions options) => new(Database, Options.Create(options));

    public async Task<long> NumberAsync(string sql) =>
        (await Database.QueryAsync(sql, row => Convert.ToInt64(row.GetValue(0), System.Globalization.CultureInfo.InvariantCulture), default))[0];

    /// <summary>Asks until the number is reached.</summary>
    public async Task UntilAsync(long expected, string sql, TimeSpan? deadline = null)
    {
        var waited = Stopwatch.StartNew();
        long actual;
        while ((actual = await NumberAsync(sql)) != expected && waited.Elapsed < (deadline ?? TimeSpan.FromMinutes(2)))
            await Task.Delay(200);
        Assert.True(expected == actual, $"{sql} is {actual} and not {expected} after {waited.Elapsed}. {(expected == actual ? "" : await ExceptionsAsync())}");
    }

    private async Task<string> ExceptionsAsync() => string.Join("; ", await Database.QueryAsync(
        $"SELECT DISTINCT concat(table, ' ', toString(num_messages_read), ' ', toString(assignments.topic), ': ', extract(arrayStringConcat(exceptions.text, ' '), '^[^\\n]{0,400}')) FROM system.kafka_consumers WHERE database = '{Database.Name}'",
        row => row.GetString(0), default));

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Database.ExecuteAsync($"DROP DATABASE IF EXISTS {Database.Name}", default);
            await Database.ExecuteAsync($"DROP NAMED COLLECTION IF EXISTS kafka_{_unique}", default);
        }
        finally
        {
            Database.Dispose();
            await Server.DisposeAsync();
            Kafka.Dispose();
        }
    }
}
