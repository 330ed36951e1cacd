using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Telemetry.Collector.DirectTopics;
using Telemetry.Events;
using Telemetry.IntegrationTests.DirectTopics;

namespace Telemetry.IntegrationTests.Quotas;

/// <summary>Brokers, ClickHouse and a folder, and how a Collector with quotas is started over them.</summary>
internal sealed class QuotaFixture : IAsyncDisposable
{
    public static readonly string[] UsageTopics = ["wkf_cpu", "wkf_gpu", "kuber_cpu", "kuber_gpu"];

    private readonly string _folder = Directory.CreateTempSubdirectory("quota-").FullName;
    private readonly DirectTopicsOptions _settings;

    private QuotaFixture(DirectTopicsFixture direct)
    {
        Direct = direct;
        _settings = direct.Settings(UsageTopics);
        _settings.FlushInterval = TimeSpan.FromMilliseconds(200);
    }

    public DirectTopicsFixture Direct { get; }

    public string RunStore => Path.Combine(_folder, "runs.duckdb");

    /// <param name="limit">What every user may use of each resource, for ever.</param>
    public static async Task<QuotaFixture> StartAsync(decimal limit)
    {
        var fixture = new QuotaFixture(await DirectTopicsFixture.StartAsync(
            partitions: 3, "xumi_load", "xumi_task", "quota_limit", "telemetry_producer", "mcp"));
        fixture.Direct.Kafka.CreateTopic("quota_state", 12);
        var amount = limit.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(Path.Combine(fixture._folder, "limits.json"), $$"""
            { "version": 1, "default_plan": "all", "plans": { "all": { "limits": {
              "cpu": { "amount": {{amount}}, "period": "none" }, "gpu": { "amount": {{amount}}, "period": "none" } } } } }
            """);
        return fixture;
    }

    /// <summary>Makes ClickHouse read the usage topics.</summary>
    public Task ApplyAsync() => Direct.ApplyAsync(_settings);

    /// <summary>The Collector's settings, beyond its own brokers and run store.</summary>
    public string[] Settings(string mode) =>
    [
        "--CLICKHOUSE_URL", Direct.Server.Url,
        "--Collector:ClickHouse:Database", Direct.Database.Name,
        "--Collector:DirectTopics:Mode", mode,
        "--Collector:DirectTopics:Kafka", Direct.Kafka.BootstrapServers,
        "--Collector:DirectTopics:GroupPrefix", _settings.GroupPrefix,
        "--Collector:DirectTopics:ProofInterval", "00:00:01",
        "--Collector:DirectTopics:FlushInterval", "00:00:00.2",
        "--Collector:DirectTopics:Path", Path.Combine(_folder, "direct.duckdb"),
        .. UsageTopics.SelectMany((topic, number) => new[] { $"--Collector:DirectTopics:Topics:{number}", topic }),
        "--Collector:Quota:Enabled", "true",
        "--Collector:Quota:LimitsPath", Path.Combine(_folder, "limits.json"),
        "--Collector:Quota:StatePath", Path.Combine(_folder, "quota.duckdb"),
        "--Collector:Quota:PositionInterval", "00:00:00.2",
    ];

    public TelemetryEvents Publisher() =>
        TelemetryEvents.Create(builder => builder.AddKafka(options => options.ConnectionString = Direct.Kafka.BootstrapServers));

    /// <summary>What the tables say that each user has used, each event once.</summary>
    public async Task<IReadOnlyDictionary<(string User, string Resource), decimal>> RecountAsync()
    {
        var sums = string.Join(" UNION ALL ", UsageTopics.Select(topic =>
            $"SELECT user_id, '{topic[^3..]}' AS resource, toString(sum(credits)) FROM {Direct.Database.Table(topic + "_events")} GROUP BY user_id"));
        var rows = await Direct.Database.QueryAsync(
            sums, row => (User: row.GetString(0), Resource: row.GetString(1), Sum: decimal.Parse(row.GetString(2), CultureInfo.InvariantCulture)), default);
        return rows.GroupBy(row => (row.User, row.Resource)).ToDictionary(group => group.Key, group => group.Sum(row => row.Sum));
    }

    /// <summary>Asks for a balance until it is what it is to be.</summary>
    public static async Task<JsonElement> BalanceAsync(HttpClient client, string user, string resource, Func<JsonElement, bool> until, TimeSpan? patience = null)
    {
        using var deadline = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(90));
        while (true)
        {
            var response = await client.GetAsync(new Uri($"/v1/quotas/{user}/{resource}", UriKind.Relative));
            var text = await response.Content.ReadAsStringAsync();
            if (response.IsSuccessStatusCode && JsonDocument.Parse(text).RootElement is var balance && until(balance))
                return balance;
            Assert.False(deadline.IsCancellationRequested, $"{user}, {resource}: the last answer was {(int)response.StatusCode} {text}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Direct.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
