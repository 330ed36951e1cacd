using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.Quotas;
using Telemetry.Collector.Quotas.Api;
using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Quotas.Log;
using Telemetry.Collector.Quotas.Model;
using Telemetry.Collector.Quotas.Usage;
using Telemetry.Collector.Tests.Hosting;
using Telemetry.Collector.Tests.Quotas.Ledger;

namespace Telemetry.Collector.Tests.Quotas.Api;

/// <summary>A whole Collector with quotas: the real ledger and limit book, over a store and a state log in the test's hands.</summary>
internal sealed class QuotaCollector : IAsyncDisposable
{
    public const string Free = """{"limits":{"gpu":{"amount":100,"period":"month"}}}""";

    private static readonly IReadOnlyList<TopicSchema> Schemas = CreateSchemas();

    private readonly List<UsageEvent> _events = [];
    private RunningCollector _collector = null!;

    private QuotaCollector() => Store = new ScriptedUsageStore(_events);

    public static DateTimeOffset Start { get; } = new(2026, 8, 10, 12, 0, 0, TimeSpan.Zero);

    public HttpClient Client => _collector.Client;

    public FakeTimeProvider Time { get; } = new(Start);

    public ScriptedUsageStore Store { get; }

    public Limits.ScriptedStateLog Log { get; } = new();

    public QuotaLedger Ledger { get; private set; } = null!;

    public LimitBook Book => _collector.Services.GetRequiredService<LimitBook>();

    /// <summary>Starts one.</summary>
    /// <param name="ledger">Stands in for the real ledger; null for the real one.</param>
    /// <param name="args">More configuration.</param>
    public static async Task<QuotaCollector> StartAsync(IQuotaLedger? ledger = null, params string[] args)
    {
        var quotas = new QuotaCollector();
        quotas._collector = await RunningCollector.StartAsync(builder => quotas.Add(builder, ledger), args);
        quotas.Ledger = quotas._collector.Services.GetRequiredService<QuotaLedger>();
        quotas.Ledger.Begin(UsagePositions.None);
        quotas.Ledger.Restored();
        quotas.Ledger.CaughtUp();
        await quotas.Book.Ready.WaitAsync(TimeSpan.FromSeconds(30));
        return quotas;
    }

    /// <summary>The stream brings a usage event.</summary>
    public void Use(string user, decimal credits, string task = "t")
    {
        var used = new UsageEvent(
            "wkf_gpu", 0, _events.Count, Guid.NewGuid().ToString(), System.Text.Json.JsonEncodedText.Encode(user).ToString(), task, null, Time.GetUtcNow().ToUnixTimeMilliseconds(), QuotaAmount.From(credits));
        lock (_events)
            _events.Add(used);
        Ledger.Apply(used.Topic, used.Partition, used.Offset, used.Time, used.Bytes());
    }

    public ValueTask DisposeAsync() => _collector.DisposeAsync();

    private static IReadOnlyList<TopicSchema> CreateSchemas()
    {
        var options = new DirectTopicsOptions { Topics = { "wkf_cpu", "wkf_gpu", "kuber_cpu", "kuber_gpu" } };
        Assert.True(TopicSchemas.TryCreate(options, out var schemas, out var error), error);
        return schemas;
    }

    private void Add(WebApplicationBuilder builder, IQuotaLedger? stub)
    {
        var services = builder.Services;
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IStateLog>(Log);
        services.AddSingleton(new KnownResources(LedgerWorld.Resources.Select(resource => resource.Name)));
        services.AddLimitBook();
        services.AddQuotaApi();
        services.AddSingleton(provider => new QuotaLedger(
            new QuotaOptions { BackgroundLoads = 0, LoadBackoff = TimeSpan.Zero }, LedgerWorld.Resources, Schemas,
            provider.GetRequiredService<ILimitBook>(), Store, Log, new RecordedThresholds(), Time));
        services.AddSingleton(provider => stub ?? provider.GetRequiredService<QuotaLedger>());
    }
}
