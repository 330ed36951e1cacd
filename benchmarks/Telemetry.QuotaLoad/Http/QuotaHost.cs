using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.Hosting;
using Telemetry.Collector.Quotas;
using Telemetry.Collector.Quotas.Api;
using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Quotas.Log;
using Telemetry.Collector.Quotas.Model;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.QuotaLoad.Http;

/// <summary>The Collector's whole application with quotas, over a store that has nothing and a state log in memory.</summary>
internal sealed class QuotaHost : IAsyncDisposable
{
    private static readonly QuotaResource[] Resources =
    [
        new("cpu", [new("wkf.cpu.charge", "wkf_cpu"), new("kuber.cpu.charge", "kuber_cpu")]),
        new("gpu", [new("wkf.gpu.charge", "wkf_gpu"), new("kuber.gpu.charge", "kuber_gpu")]),
    ];

    private readonly WebApplication _app;

    private QuotaHost(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static string UserOf(int number) => $"user-{number}";

    /// <summary>Starts it with users who are in memory.</summary>
    public static async Task<QuotaHost> StartAsync(int users)
    {
        var app = CollectorApplication.Create(
            [
                "--urls", "http://127.0.0.1:0", "--Collector:Storage:Path", ":memory:", "--Collector:Completeness:Enabled", "false",
                "--Collector:Kafka:ConnectionString", "127.0.0.1:9",
            ],
            builder =>
            {
                builder.Logging.ClearProviders();
                Add(builder.Services);
            });
        await app.StartAsync();
        var host = new QuotaHost(app);
        var ledger = app.Services.GetRequiredService<QuotaLedger>();
        ledger.Begin(UsagePositions.None);
        ledger.Restored();
        ledger.CaughtUp();
        await app.Services.GetRequiredService<LimitBook>().Ready;
        using var client = new HttpClient { BaseAddress = new Uri(host.Address) };
        using var plan = await client.PutAsync("/v1/quota-plans/free", JsonContent.Create(new { limits = new { gpu = new { amount = 1000, period = "month" } } }));
        using var standard = await client.PutAsync("/v1/quota-limits/default", JsonContent.Create(new { plan = "free" }));
        plan.EnsureSuccessStatusCode();
        standard.EnsureSuccessStatusCode();
        for (var i = 0; i < users; i++)
            await ledger.CheckAsync(UserOf(i), null, "gpu", QuotaAmount.From(1), default);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Add(IServiceCollection services)
    {
        var options = new DirectTopicsOptions();
        foreach (var topic in Resources.SelectMany(resource => resource.Events).Select(usage => usage.Topic))
            options.Topics.Add(topic);
        if (!TopicSchemas.TryCreate(options, out var schemas, out var error))
            throw new InvalidOperationException(error);
        services.AddSingleton<IStateLog, NoStateLog>();
        services.AddSingleton(new KnownResources(Resources.Select(resource => resource.Name)));
        services.AddLimitBook();
        services.AddQuotaApi();
        services.AddSingleton(provider => new QuotaLedger(
            new QuotaOptions(), Resources, schemas, provider.GetRequiredService<ILimitBook>(), new NoUsage(), provider.GetRequiredService<IStateLog>(),
            new NoThresholds(), TimeProvider.System));
        services.AddSingleton<IQuotaLedger>(provider => provider.GetRequiredService<QuotaLedger>());
    }

    private sealed class NoStateLog : IStateLog
    {
        public Task ReplayAsync(Action<StateRecord> apply, CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask AppendAsync(IReadOnlyList<StateRecord> records, CancellationToken cancellationToken) => default;
    }

    private sealed class NoUsage : IUsageStore
    {
        public Task<UserUsage> LoadAsync(UserUsageQuery query, CancellationToken cancellationToken) => Task.FromResult(new UserUsage([], [], [], [], null));
    }

    private sealed class NoThresholds : IThresholdSink
    {
        public void Reached(in ThresholdCrossing crossing)
        {
        }
    }
}
