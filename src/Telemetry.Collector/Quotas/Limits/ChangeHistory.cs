namespace Telemetry.Collector.Quotas.Limits;

/// <summary>The latest changes, in memory; the state log has all. Safe for use from any thread.</summary>
internal sealed class ChangeHistory
{
    /// <summary>How many are kept in memory.</summary>
    public const int Capacity = 10_000;

    private static readonly Comparer<LimitChange> ById = Comparer<LimitChange>.Create((one, other) => string.CompareOrdinal(one.Id, other.Id));

    private readonly Lock _lock = new();
    private readonly SortedSet<LimitChange> _changes = new(ById);

    /// <summary>Adds a change; one that is there already changes nothing.</summary>
    public void Add(LimitChange change)
    {
        lock (_lock)
        {
            _changes.Add(change);
            if (_changes.Count > Capacity)
                _changes.Remove(_changes.Min!);
        }
    }

    /// <summary>The latest ones, newest first.</summary>
    public IReadOnlyList<LimitChange> Latest(int limit)
    {
        lock (_lock)
            return [.. _changes.Reverse().Take(limit)];
    }
}
