namespace Telemetry.RestProxy.Conformance;

/// <summary>The faults that wait for produce requests. All members may be called from any thread.</summary>
public sealed class RestFaults
{
    private readonly Lock _gate = new();
    private readonly List<PendingFault> _pending = [];
    private volatile RecordRule? _rule;
    private volatile int _pendingCount;

    /// <summary>How many faults wait for a request; one that waits for ever counts as one.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
                return _pending.Sum(fault => fault.Remaining == int.MaxValue ? 1 : fault.Remaining);
        }
    }

    /// <summary>Faults the next produce requests, after those of earlier calls that fit the same topic.</summary>
    /// <param name="count">How many requests; at least 1, <see cref="int.MaxValue"/> for all until <see cref="Clear"/>.</param>
    /// <param name="fault">What happens to them.</param>
    /// <param name="topic">Only requests for this topic; <see langword="null"/> for any.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ArgumentException">A normal reply would speak of records that the fault does not store.</exception>
    public void NextRequests(int count, RestFault fault, string? topic = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(fault);
        if (fault is { Reply: RestReply.Normal, StoredRecords: not null })
            throw new ArgumentException("A normal reply tells where the records are: leave StoredRecords out, or fail them.", nameof(fault));

        lock (_gate)
        {
            _pending.Add(new PendingFault(fault, topic) { Remaining = count });
            _pendingCount = _pending.Count;
        }
    }

    /// <summary>Fails single records of all requests by a rule, until <see cref="Clear"/>; replaces an earlier rule.</summary>
    /// <param name="rule">Asked for every record that no other fault fails.</param>
    public void FailRecords(RecordRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        _rule = rule;
    }

    /// <summary>Ends all faults; a request that has met one already keeps it.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _pending.Clear();
            _pendingCount = 0;
            _rule = null;
        }
    }

    internal RecordRule? Rule => _rule;

    internal RestFault? Take(string topic)
    {
        // The healthy path of a load test must not meet a lock.
        if (_pendingCount == 0)
            return null;

        lock (_gate)
        {
            var index = _pending.FindIndex(fault => fault.Topic is null || fault.Topic == topic);
            if (index < 0)
                return null;

            var pending = _pending[index];
            if (pending.Remaining != int.MaxValue && --pending.Remaining == 0)
                _pending.RemoveAt(index);
            _pendingCount = _pending.Count;
            return pending.Fault;
        }
    }

    private sealed class PendingFault(RestFault fault, string? topic)
    {
        public RestFault Fault { get; } = fault;

        public string? Topic { get; } = topic;

        public int Remaining { get; set; }
    }
}
