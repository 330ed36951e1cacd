using Microsoft.Extensions.Time.Testing;
using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.Quotas;
using Telemetry.Collector.Quotas.Ledger;
using Telemetry.Collector.Quotas.Model;
using Telemetry.Collector.Quotas.Usage;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

/// <summary>A ledger and all that is around it: the stream, the store, the state log, limits and a clock, all in the test's hands.</summary>
internal sealed class LedgerWorld
{
    public static readonly DateTimeOffset Start = new(2026, 1, 20, 12, 0, 0, TimeSpan.Zero);

    public static readonly IReadOnlyList<QuotaResource> Resources =
    [
        new("cpu", [new("wkf.cpu.charge", "wkf_cpu"), new("kuber.cpu.charge", "kuber_cpu")]),
        new("gpu", [new("wkf.gpu.charge", "wkf_gpu"), new("kuber.gpu.charge", "kuber_gpu")]),
    ];

    public static readonly IReadOnlyList<TopicSchema> Schemas = CreateSchemas();
    private readonly Dictionary<(string Topic, int Partition), long> _ends = [];
    private readonly Dictionary<(string Topic, int Partition), long> _stored = [];

    private readonly int _shards;
    private readonly Queue<UsageEvent> _behind = new();
    private ScriptedStateLog.Process _process = new();

    public LedgerWorld(QuotaOptions? options = null, int shards = 2)
    {
        _shards = shards;
        Options = options ?? new QuotaOptions { BackgroundLoads = 0, LoadBackoff = TimeSpan.Zero };
        Store = new ScriptedUsageStore(Events);
        Ledger = Create();
        Ledger.Begin(UsagePositions.None);
        Ledger.Restored();
        Ledger.CaughtUp();
    }

    public QuotaOptions Options { get; }

    public FakeTimeProvider Time { get; } = new(Start);

    public List<UsageEvent> Events { get; } = [];

    public ScriptedUsageStore Store { get; }

    public ScriptedStateLog Log { get; } = new();

    public ScriptedLimitBook Book { get; } = new();

    public RecordedThresholds Thresholds { get; } = new();

    public QuotaLedger Ledger { get; private set; }

    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    public static QuotaAmount Credits(decimal credits) => QuotaAmount.From(credits);

    public static QuotaLimit Monthly(decimal credits, bool isHard = true) =>
        new(Credits(credits), new QuotaPeriod(QuotaPeriodKind.Month), isHard, [80, 100]);

    /// <summary>Appends an event to the stream, and hands it to the ledger.</summary>
    public UsageOutcome Send(
        string user, decimal credits, string? id = null, string task = "t", string topic = "wkf_cpu", int partition = 0, long? time = null, string? tenant = null)
    {
        return SendCopy(
            new UsageEvent(topic, partition, 0, id ?? Guid.NewGuid().ToString(), user, task, tenant, time ?? Now, Credits(credits)), partition);
    }

    /// <summary>Appends the event to its topic's partition, and hands it to the ledger, unless the stream is paused.</summary>
    public UsageOutcome SendCopy(UsageEvent original, int partition)
    {
        var place = (original.Topic, partition);
        var offset = _ends.GetValueOrDefault(place);
        _ends[place] = offset + 1;
        var sent = original with { Partition = partition, Offset = offset };
        Events.Add(sent);
        if (!IsStreamPaused)
            return Apply(sent);
        _behind.Enqueue(sent);
        return UsageOutcome.Kept;
    }

    /// <summary>Whether events wait to be handed to the ledger; set to false, they are.</summary>
    public bool IsStreamPaused
    {
        get;
        set
        {
            field = value;
            while (!value && _behind.TryDequeue(out var sent))
                Apply(sent);
        }
    }

    /// <summary>The store has everything.</summary>
    public void StoreAll() => StoreUpTo((_, end) => end);

    /// <summary>The store moves on, partition by partition.</summary>
    public void StoreUpTo(Func<(string Topic, int Partition), long, long> next)
    {
        foreach (var (partition, end) in _ends)
            _stored[partition] = Math.Max(_stored.GetValueOrDefault(partition), next(partition, end));
        Ledger.StoredUpTo(Positions());
    }

    public UsagePositions Positions() => new(_stored.GroupBy(position => position.Key.Topic).ToDictionary(
        topic => topic.Key,
        topic => (IReadOnlyList<long>)[.. Enumerable.Range(0, topic.Max(position => position.Key.Partition) + 1)
            .Select(partition => _stored.GetValueOrDefault((topic.Key, partition)))]));

    /// <summary>The process ends, and another one starts on what is durable.</summary>
    public async Task RestartAsync()
    {
        _process.IsDead = true;
        Ledger = Create();
        Ledger.Begin(Positions());
        await Log.ReplayAsync(Ledger.Restore);
        Ledger.Restored();
        foreach (var sent in Events.Where(sent => sent.Offset >= _stored.GetValueOrDefault((sent.Topic, sent.Partition))))
            Apply(sent);
        Ledger.CaughtUp();
    }

    public async Task<QuotaDecision> CheckAsync(string user, decimal credits = 0, string resource = "cpu") =>
        Ok(await Ledger.CheckAsync(user, null, resource, Credits(credits), default));

    public ValueTask<QuotaAnswer<ReservationResult>> ReserveAsync(
        string user, decimal credits, string task = "t", string? key = null, double seconds = 60, string resource = "cpu") =>
        Ledger.ReserveAsync(new ReservationRequest(user, null, resource, task, Credits(credits), TimeSpan.FromSeconds(seconds), key), default);

    public static T Ok<T>(QuotaAnswer<T> answer)
    {
        Assert.True(answer.Status == QuotaStatus.Ok, $"{answer.Status}: {answer.Reason}");
        return answer.Value!;
    }

    private static IReadOnlyList<TopicSchema> CreateSchemas()
    {
        var options = new DirectTopicsOptions { Topics = { "wkf_cpu", "wkf_gpu", "kuber_cpu", "kuber_gpu" } };
        Assert.True(TopicSchemas.TryCreate(options, out var schemas, out var error), error);
        return schemas;
    }

    private UsageOutcome Apply(UsageEvent sent) => Ledger.Apply(sent.Topic, sent.Partition, sent.Offset, Now, sent.Bytes());

    private QuotaLedger Create()
    {
        _process = new ScriptedStateLog.Process();
        return new(Options, Resources, Schemas, Book, Store, Log.Of(_process), Thresholds, Time, shards: _shards);
    }
}
