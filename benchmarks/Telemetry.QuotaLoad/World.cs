using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.Quotas;
using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Limits;
using Telemetry.Collector.Quotas.Log;
using Telemetry.Collector.Quotas.Model;
using Telemetry.Collector.Quotas.Reading;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.QuotaLoad;

/// <summary>A ledger of its own, with one monthly limit for all and a store that answers at once.</summary>
internal static class World
{
    public const string Topic = "wkf_cpu";

    private static readonly IReadOnlyList<QuotaResource> Resources =
    [
        new("cpu", [new("wkf.cpu.charge", "wkf_cpu"), new("kuber.cpu.charge", "kuber_cpu")]),
        new("gpu", [new("wkf.gpu.charge", "wkf_gpu"), new("kuber.gpu.charge", "kuber_gpu")]),
    ];

    private static readonly IReadOnlyList<TopicSchema> Schemas = CreateSchemas();

    public static UsageTopic Charges { get; } = new(Schemas.Single(schema => schema.Topic == Topic), Resources, UsageRules.ClickHouse);

    public static QuotaLedger Create(QuotaOptions options)
    {
        var ledger = new QuotaLedger(options, Resources, Schemas, new OneLimit(), new QuickStore(), new NoLog(), new NoThresholds(), TimeProvider.System);
        ledger.Begin(UsagePositions.None);
        ledger.Restored();
        ledger.CaughtUp();
        return ledger;
    }

    private static IReadOnlyList<TopicSchema> CreateSchemas()
    {
        var topics = new DirectTopicsOptions { Topics = { "wkf_cpu", "wkf_gpu", "kuber_cpu", "kuber_gpu" } };
        return TopicSchemas.TryCreate(topics, out var schemas, out var error) ? schemas : throw new InvalidOperationException(error);
    }

    private sealed class OneLimit : ILimitBook
    {
        private readonly QuotaPolicy _policy = new(
            new QuotaLimit(QuotaAmount.From(1_000_000_000), new QuotaPeriod(QuotaPeriodKind.Month), IsHard: true, [80, 100]), [], 1, "default");

        public long Version => 1;

        public QuotaPolicy Resolve(string user, string? tenant, string resource) => _policy;
    }

    private sealed class QuickStore : IUsageStore
    {
        public Task<UserUsage> LoadAsync(UserUsageQuery query, CancellationToken cancellationToken) => Task.FromResult(new UserUsage(
            [.. query.Resources.Select(resource => new SlotUsage(resource.Resource.Name, resource.Starts[0], QuotaAmount.From(12.5m)))],
            [], [], [], null));
    }

    private sealed class NoLog : IStateLog
    {
        public Task ReplayAsync(Action<StateRecord> apply, CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask AppendAsync(IReadOnlyList<StateRecord> records, CancellationToken cancellationToken) => default;
    }

    private sealed class NoThresholds : IThresholdSink
    {
        public void Reached(in ThresholdCrossing crossing)
        {
        }
    }
}
