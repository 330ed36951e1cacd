namespace Telemetry.Collector.Quotas.Model;

/// <summary>
/// The slots of time in which a policy's usage has to be known for a while, and what applies in each. Immutable; users with one
/// policy share it. Times are Unix milliseconds.
/// </summary>
internal sealed class SlotPlan
{
    private QuotaPolicy _policy = null!;

    // What follows from the policy and is asked for with each decision.
    public required QuotaPolicy Policy
    {
        get => _policy;
        init
        {
            _policy = value;
            Allowance = value.Limit?.Amount ?? QuotaAmount.Zero;
            HasLimit = value.Limit is not null;
            IsHard = value.Limit?.IsHard ?? true;
            IsRolling = value.Limit?.Period.Kind == QuotaPeriodKind.Rolling;
        }
    }

    public QuotaAmount Allowance { get; private init; }

    public bool HasLimit { get; private init; }

    /// <summary>Whether what goes beyond is denied; so it is without a limit, where that does not mean everything.</summary>
    public bool IsHard { get; private init; }

    public bool IsRolling { get; private init; }

    /// <summary>
    /// The starts of the slots, ascending. The last one has no end; of a calendar period, it is what comes after the current period and
    /// counts nothing yet.
    /// </summary>
    public required long[] Starts { get; init; }

    /// <summary>How many of the slots count.</summary>
    public required int Slots { get; init; }

    /// <summary>From when on the plan serves.</summary>
    public required long ValidFrom { get; init; }

    /// <summary>Until when: then the slots do not suffice any more.</summary>
    public required long ValidUntil { get; init; }

    /// <summary>The current period; of a rolling one, see <see cref="QuotaClock.RollingStart"/>.</summary>
    public required long PeriodStart { get; init; }

    /// <summary>The current period's end; <see cref="QuotaClock.Never"/> where it has none.</summary>
    public required long PeriodEnd { get; init; }

    /// <summary>Grants that can matter, in the order in which they are used.</summary>
    public IReadOnlyList<PlannedGrant> Grants { get; init; } = [];

    /// <summary>Starts of periods among <see cref="Starts"/>.</summary>
    public bool[] IsPeriodStart { get; init; } = [];

    /// <summary>For each threshold, from which usage on it is reached.</summary>
    public QuotaAmount[] Thresholds { get; init; } = [];

    /// <summary>Whether all that counts is the sum of one slot.</summary>
    public required bool IsSimple { get; init; }

    public bool Serves(long now) => now >= ValidFrom && now < ValidUntil;

    /// <summary>The slot of an event; negative for one that does not count.</summary>
    public int SlotOf(long time)
    {
        if (Starts.Length == 2 && Slots == 1)
            return time >= Starts[0] && time < Starts[1] ? 0 : -1;
        var slot = Array.BinarySearch(Starts, time);
        if (slot < 0)
            slot = ~slot - 1;
        return slot < Slots ? slot : -1;
    }
}
