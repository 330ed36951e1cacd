using System.Globalization;
using Telemetry.Collector.Quotas;
using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Tests.Quotas.Ledger;

/// <summary>A random schedule, all of it from one seed. After each step every answer of the ledger is compared with the model's.</summary>
internal sealed partial class LedgerSchedule
{
    private static readonly string[] Users = ["ann", "bob", "cid"];
    private static readonly string[] Tasks = ["t1", "t2", "t3"];
    private static readonly string[] Topics = ["wkf_cpu", "kuber_cpu", "wkf_gpu"];
    private readonly Random _random;
    private readonly LedgerWorld _world;
    private readonly ReferenceModel _model;
    private readonly List<string> _history = [];
    private int _ids;

    public LedgerSchedule(int seed)
    {
        _random = new Random(seed);
        _world = new LedgerWorld(
            new QuotaOptions
            {
                BackgroundLoads = 0,
                LoadBackoff = TimeSpan.Zero,
                DedupeWindow = TimeSpan.FromMinutes(_random.Next(1, 100)),
                MaxRecentIds = Chance(3) ? _random.Next(1, 12) : 1000,
                MaxUsers = Chance(3) ? _random.Next(1, 3) : 1000,
                MaxTailEvents = Chance(5) ? _random.Next(1, 8) : 1000,
                WithoutLimit = Chance(2) ? WithoutLimit.Allow : WithoutLimit.Deny,
                SettleGrace = TimeSpan.FromMinutes(5),
                ReservationRetention = TimeSpan.FromMinutes(30),
            },
            shards: _random.Next(1, 3));
        _world.Log.Shuffle(_random);
        _model = new ReferenceModel(_world);
    }

    public async Task RunAsync(int steps)
    {
        try
        {
            for (var i = 0; i < steps; i++)
            {
                await StepAsync();
                await CompareAsync();
            }
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"After:\n  {string.Join("\n  ", _history)}\n{exception.Message}", exception);
        }
    }

    private Task StepAsync() => _random.Next(22) switch
    {
        <= 6 => Do(Send),
        7 => Do(SendAgain),
        8 => Do(StoreSome),
        9 => Do(StoreAll),
        10 => Do(Pass),
        11 or 12 => ReserveAsync(),
        13 => SettleAsync(),
        14 => ReleaseAsync(),
        15 => ExtendAsync(),
        16 => Do(ChangeLimit),
        17 => Do(Invalidate),
        18 => DuringALoadAsync(),
        19 => Do(FailStore),
        20 => SweepAsync(),
        _ => Chance(2) ? RestartAsync() : StreamBehindAsync(),
    };

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private T Any<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    private decimal AnyCredits() => _random.Next(1, 40) + (_random.Next(1000) / 1000m);

    private long AnyTime() => _world.Now + (long)(_random.Next(12) switch
    {
        <= 6 => TimeSpan.Zero,
        7 => -TimeSpan.FromMinutes(_random.Next(0, 200)),
        8 => -TimeSpan.FromDays(_random.Next(0, 60)),
        9 => TimeSpan.FromMinutes(_random.Next(0, 10)),
        10 => TimeSpan.FromMinutes(_random.Next(0, 300)),
        _ => TimeSpan.FromDays(_random.Next(0, 60)),
    }).TotalMilliseconds;

    private void Note(string what) => _history.Add(what);

    private void Send()
    {
        var amount = Chance(5) ? -AnyCredits() : AnyCredits();
        Send(Any(Users), amount, Chance(2) ? $"id-{_ids++}" : new Guid(++_ids, 0, 0, new byte[8]).ToString(), AnyTime());
    }

    private void Send(string user, decimal amount, string id, long time)
    {
        var (topic, partition, task) = (Any(Topics), _random.Next(2), Any(Tasks));
        var tail = _world.Options.MaxTailEvents;
        var outcome = _world.Send(user, amount, id, task, topic, partition, time);
        Note($"send {id} {user} {amount} {task} {topic}[{partition}] at {time - _world.Now} -> {outcome} (tail {tail})");
    }

    private void SendAgain()
    {
        if (_world.Events.Count == 0)
            return;
        var copy = Any(_world.Events);
        Note($"again {copy.Id} -> {_world.SendCopy(copy, Chance(2) ? copy.Partition : 1 - copy.Partition)}");
    }

    private void StoreSome()
    {
        _world.StoreUpTo((_, end) => _random.NextInt64(end + 1));
        Note($"store some");
    }

    private void StoreAll()
    {
        _world.StoreAll();
        Note("store all");
    }

    private void Pass()
    {
        var time = _random.Next(5) switch
        {
            0 => TimeSpan.FromMilliseconds(_random.Next(1, 100)),
            1 => TimeSpan.FromSeconds(_random.Next(1, 100)),
            2 => TimeSpan.FromMinutes(_random.Next(1, 100)),
            3 => TimeSpan.FromHours(_random.Next(1, 60)),
            _ => TimeSpan.FromDays(_random.Next(1, 40)),
        };
        _world.Time.Advance(time);
        Note($"pass {time}");
    }

    private void Invalidate()
    {
        _world.Ledger.InvalidateAll();
        Note("invalidate");
    }

    private void FailStore()
    {
        _world.Store.Fails = !_world.Store.Fails && Chance(2);
        Note($"store fails: {_world.Store.Fails}");
    }

    private void ChangeLimit()
    {
        var (user, resource) = (Any(Users), Chance(3) ? "gpu" : "cpu");
        QuotaPeriod period = _random.Next(6) switch
        {
            0 => new(QuotaPeriodKind.None),
            1 => new(QuotaPeriodKind.Day, "Europe/Berlin"),
            2 => new(QuotaPeriodKind.Week, "America/New_York"),
            3 => new(QuotaPeriodKind.Rolling, Length: TimeSpan.FromMinutes(_random.Next(1, 500)), Step: TimeSpan.FromMinutes(_random.Next(1, 60))),
            _ => new(QuotaPeriodKind.Month),
        };
        var limit = Chance(6) ? null : new QuotaLimit(LedgerWorld.Credits(_random.Next(200)), period, !Chance(3), [50, 80, 100]);
        var grants = period.Kind == QuotaPeriodKind.Rolling && limit is not null ? [] : Enumerable.Range(0, _random.Next(4)).Select(AnyGrant).ToList();
        _world.Book.Set(user, resource, limit, grants);
        Note($"limit {user} {resource} {limit} with {string.Join("; ", grants)}");
    }

    private QuotaGrant AnyGrant(int number)
    {
        var from = _world.Time.GetUtcNow().AddHours(_random.Next(-60 * 24, 10 * 24));
        return new QuotaGrant(
            number.ToString(CultureInfo.InvariantCulture),
            LedgerWorld.Credits(_random.Next(1, 60)),
            _random.Next(-1, 3),
            from,
            Chance(3) ? null : from.AddHours(_random.Next(1, 80 * 24)));
    }
}
