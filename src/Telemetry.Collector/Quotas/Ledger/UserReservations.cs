using Telemetry.Collector.Quotas.Model;

namespace Telemetry.Collector.Quotas.Ledger;

/// <summary>A user's reservations, ended ones among them as long as they are kept. Belongs to the shard's lock.</summary>
/// <remarks>
/// A probe is a reservation that is not decided on yet: what its task has used is measured first. Of each task the last one counts,
/// a probe among them; earlier ones hold nothing any more.
/// </remarks>
internal sealed class UserReservations
{
    private readonly Dictionary<string, ReservationEntry> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReservationEntry> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Resource, UInt128 Task), ReservationEntry> _byTask = [];
    private readonly List<ReservationEntry> _open = [];
    private readonly List<ReservationEntry> _probes = [];

    public int Count => _byId.Count + _probes.Count;

    /// <summary>Those that may hold something.</summary>
    public IReadOnlyList<ReservationEntry> Open => _open;

    public IEnumerable<ReservationEntry> All => _byId.Values;

    public ReservationEntry? Find(string id) => _byId.GetValueOrDefault(id);

    public ReservationEntry? FindKey(string key) => _byKey.GetValueOrDefault(key);

    public ReservationEntry? FindTask(int resource, UInt128 task) => _byTask.GetValueOrDefault((resource, task));

    public bool IsProbe(ReservationEntry entry) => _probes.Contains(entry);

    /// <summary>Those whose consumption has to be known.</summary>
    public IEnumerable<ReservationEntry> Measured(DateTimeOffset now) => _open.Where(entry => entry.IsOpen(now)).Concat(_probes);

    public void AddProbe(ReservationEntry entry)
    {
        Supersede(entry);
        _probes.Add(entry);
    }

    /// <summary>Adds a reservation, which may have been a probe.</summary>
    public void Add(ReservationEntry entry)
    {
        var reservation = entry.Latest;
        _byId[reservation.Id] = entry;
        if (reservation.IdempotencyKey is { } key)
            _byKey[key] = entry;
        if (EndProbe(entry) || Supersede(entry))
            _open.Add(entry);
    }

    /// <summary>Removes a probe, or a reservation that is written, or whose first form is.</summary>
    public void Remove(ReservationEntry entry)
    {
        _open.Remove(entry);
        if (!EndProbe(entry))
        {
            var reservation = entry.Latest;
            _byId.Remove(reservation.Id);
            if (reservation.IdempotencyKey is { } key && _byKey.GetValueOrDefault(key) == entry)
                _byKey.Remove(key);
        }

        entry.IsRemoved = true;
        if (_byTask.GetValueOrDefault((entry.Resource, entry.Task)) != entry)
            return;
        _byTask.Remove((entry.Resource, entry.Task));
        if (entry.Previous is not { IsRemoved: false } previous)
            return;
        _byTask.Add((entry.Resource, entry.Task), previous);
        previous.IsLast = true;
        _open.Add(previous);
    }

    /// <summary>Usage of a task consumes its reservation.</summary>
    public void Consume(int resource, UInt128 task, long time, QuotaAmount amount)
    {
        if (task != UInt128.Zero && _byTask.TryGetValue((resource, task), out var entry) && time >= entry.CreatedAt)
            entry.Consumed += amount;
    }

    /// <summary>What the resource's reservations hold.</summary>
    public QuotaAmount Held(int resource, DateTimeOffset now)
    {
        var sum = QuotaAmount.Zero;
        foreach (var entry in _open)
        {
            if (entry.Resource == resource)
                sum += entry.Outstanding(now);
        }

        return sum;
    }

    /// <summary>Forgets of those that may hold something the ones that have ended.</summary>
    public void Prune(DateTimeOffset now) => _open.RemoveAll(entry => !entry.IsOpen(now));

    private bool EndProbe(ReservationEntry entry)
    {
        if (!_probes.Remove(entry))
            return false;
        entry.Probing!.TrySetResult();
        return true;
    }

    // Whether it is the task's last one.
    private bool Supersede(ReservationEntry entry)
    {
        if (_byTask.TryGetValue((entry.Resource, entry.Task), out var previous))
        {
            if (previous.IsLaterThan(entry))
                return false;
            entry.Previous = previous;
            previous.Previous = null;
            previous.IsLast = false;
            _open.Remove(previous);
        }

        _byTask[(entry.Resource, entry.Task)] = entry;
        entry.IsLast = true;
        return true;
    }
}
