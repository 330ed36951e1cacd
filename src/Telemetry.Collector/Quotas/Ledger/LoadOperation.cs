using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>A user's way into memory: shared by all who wait for it. Belongs to the shard's lock, but for its end.</summary>
internal sealed class LoadOperation(UserState user, string name)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public UserState User => user;

    public string Name => name;

    /// <summary>Completes when the user is in memory, or when that has failed.</summary>
    public Task Ended => _ended.Task;

    /// <summary>What the query asks for is below these; the user's events from there on stay in the tail.</summary>
    public PositionSnapshot Positions { get; set; } = PositionSnapshot.None;

    public SlotPlan[] Plans { get; set; } = [];

    public IReadOnlyList<ReservationEntry> Tasks { get; set; } = [];

    /// <summary>Keys of the ids whose presence in the store is asked for.</summary>
    public HashSet<UInt128> Asked { get; } = [];

    /// <summary>Ids of stored events from here on are asked for, Unix milliseconds.</summary>
    public long IdsSince { get; set; }

    public int Epoch { get; set; }

    public long BookVersion { get; set; }

    public string? Tenant { get; set; }

    /// <summary>Why the user is not in memory, once it has ended; null where the user is.</summary>
    public string? Failure { get; private set; }

    public void End(string? failure)
    {
        Failure = failure;
        _ended.TrySetResult();
    }
}
