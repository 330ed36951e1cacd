using System.Buffers.Binary;
using System.Numerics;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy;

/// <summary>
/// Which event of a batch travels in which lane. A lane sends its requests one after another, and events of one key share a lane: so
/// parallel requests cannot overtake each other within a key. Reused; owned by one call at a time.
/// </summary>
internal sealed class BatchPlan
{
    private readonly List<string> _topics = [];
    private int[] _groups = [];
    private int[] _order = [];
    private int[] _ends = [];

    // How many positions at the front of _order are their own index.
    private int _inPlace;

    public int Lanes { get; private set; }

    /// <summary>The topics of the batch; a request holds one.</summary>
    public IReadOnlyList<string> Topics => _topics;

    /// <summary>Lays out a batch.</summary>
    /// <param name="batch">The events.</param>
    /// <param name="maxLanes">The most lanes.</param>
    /// <param name="maxRecords">The most records of a request: what fits into one request gets one lane.</param>
    /// <param name="maxBytes">The most bytes of a request.</param>
    public void Load(ReadOnlySpan<OutgoingEvent> batch, int maxLanes, int maxRecords, int maxBytes)
    {
        if (_groups.Length < batch.Length)
            (_groups, _order, _inPlace) = (new int[batch.Length], new int[batch.Length], 0);
        var (bytes, hasOneTopic) = Measure(batch);
        Lanes = LanesFor(batch.Length, bytes, maxLanes, maxRecords, maxBytes);
        if (Lanes == 1 && hasOneTopic)
        {
            KeepOrder(batch);
            return;
        }

        Assign(batch, maxRecords);
        Order(batch.Length);
        _inPlace = 0;
    }

    /// <summary>The positions in the batch of one topic's events in one lane, in their order.</summary>
    public ReadOnlyMemory<int> Positions(int topic, int lane)
    {
        var group = (topic * Lanes) + lane;
        var start = group == 0 ? 0 : _ends[group - 1];
        return _order.AsMemory(start, _ends[group] - start);
    }

    public void Clear() => _topics.Clear();

    /// <summary>The bytes of all bodies, and whether the events have one topic.</summary>
    private static (long Bytes, bool HasOneTopic) Measure(ReadOnlySpan<OutgoingEvent> batch)
    {
        var bytes = 0L;
        var topic = batch.IsEmpty ? null : batch[0].Topic;
        var hasOneTopic = topic is not null;
        foreach (ref readonly var outgoing in batch)
        {
            bytes += outgoing.Body.Length;
            hasOneTopic &= ReferenceEquals(outgoing.Topic, topic) || outgoing.Topic == topic;
        }

        return (bytes, hasOneTopic);
    }

    private static int LanesFor(int events, long bytes, int maxLanes, int maxRecords, int maxBytes)
    {
        // Base64 makes four of three.
        var requests = Math.Max((events + maxRecords - 1) / maxRecords, (bytes * 4 / 3 / maxBytes) + 1);
        return (int)Math.Clamp(requests, 1, maxLanes);
    }

    private void KeepOrder(ReadOnlySpan<OutgoingEvent> batch)
    {
        _topics.Add(batch[0].Topic);
        for (; _inPlace < batch.Length; _inPlace++)
            _order[_inPlace] = _inPlace;
        if (_ends.Length == 0)
            _ends = new int[1];
        _ends[0] = batch.Length;
    }

    private void Assign(ReadOnlySpan<OutgoingEvent> batch, int maxRecords)
    {
        var keyless = 0;
        var topic = -1;
        for (var i = 0; i < batch.Length; i++)
        {
            ref readonly var outgoing = ref batch[i];
            if (topic < 0 || !string.Equals(_topics[topic], outgoing.Topic, StringComparison.Ordinal))
                topic = IndexOf(outgoing.Topic);
            // Events without a key have no order: by whole requests, not one by one.
            var lane = outgoing.Key.IsEmpty ? keyless++ / maxRecords % Lanes : LaneOf(outgoing.Key.Span);
            _groups[i] = (topic * Lanes) + lane;
        }
    }

    private void Order(int count)
    {
        var groups = _topics.Count * Lanes;
        if (_ends.Length < groups)
            _ends = new int[groups];
        Array.Clear(_ends, 0, groups);
        for (var i = 0; i < count; i++)
            _ends[_groups[i]]++;
        var start = 0;
        for (var group = 0; group < groups; group++)
            (_ends[group], start) = (start, start + _ends[group]);
        // Each group's start moves to its end while it is filled.
        for (var i = 0; i < count; i++)
            _order[_ends[_groups[i]]++] = i;
    }

    private int LaneOf(ReadOnlySpan<byte> key)
    {
        if (Lanes == 1)
            return 0;
        var hash = 0u;
        for (; key.Length >= sizeof(ulong); key = key[sizeof(ulong)..])
            hash = BitOperations.Crc32C(hash, BinaryPrimitives.ReadUInt64LittleEndian(key));
        foreach (var b in key)
            hash = BitOperations.Crc32C(hash, b);
        return (int)(hash % (uint)Lanes);
    }

    private int IndexOf(string topic)
    {
        var index = _topics.IndexOf(topic);
        if (index >= 0)
            return index;
        _topics.Add(topic);
        return _topics.Count - 1;
    }
}
