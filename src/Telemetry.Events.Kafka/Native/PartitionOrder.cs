using Telemetry.Events.Transport;

namespace Telemetry.Events.Kafka.Native;

/// <summary>
/// Brings events into the order of their topics and partitions, by a counting sort: those of one partition follow each other, in the
/// order in which they came. librdkafka takes a run of one partition for a third less time than a mixture.
/// </summary>
/// <remarks>Not thread-safe. Allocates nothing once its arrays have grown.</remarks>
internal sealed class PartitionOrder(int capacity)
{
    private readonly int[] _groups = new int[capacity];
    private readonly int[] _order = new int[capacity];
    private readonly List<PartitionedTopic> _topics = [];
    private int[] _ends = new int[64];

    /// <summary>The positions of the events, sorted.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <param name="events">As many as the capacity at most.</param>
    /// <param name="topics">Knows the topics' partitions.</param>
    /// <param name="random">Chooses the one partition that events without a key go to, for each topic and call.</param>
    public void Sort(ReadOnlySpan<OutgoingEvent> events, Func<string, NativeTopic> topics, Random random)
    {
        _topics.Clear();
        var groups = 0;
        PartitionedTopic? current = null;
        for (var i = 0; i < events.Length; i++)
        {
            ref readonly var outgoing = ref events[i];
            if (current is null || !ReferenceEquals(current.Value.Name, outgoing.Topic))
                current = Find(outgoing.Topic, topics, random, ref groups);
            _groups[i] = current.Value.FirstGroup + current.Value.Place(outgoing.Key.Span);
        }

        if (_ends.Length < groups)
            _ends = new int[groups * 2];
        Array.Clear(_ends, 0, groups);
        foreach (var group in _groups.AsSpan(0, events.Length))
            _ends[group]++;
        var start = 0;
        for (var group = 0; group < groups; group++)
            (_ends[group], start) = (start, start + _ends[group]);
        // Each start moves up to its group's end.
        for (var i = 0; i < events.Length; i++)
            _order[_ends[_groups[i]]++] = i;
    }

    /// <summary>The run that begins at a position of <see cref="Order"/>: its topic, its partition or -1, and where it ends.</summary>
    public (NativeTopic Topic, int Partition, int End) RunAt(int position)
    {
        var group = _groups[_order[position]];
        var topic = _topics[0];
        for (var i = 1; i < _topics.Count && _topics[i].FirstGroup <= group; i++)
            topic = _topics[i];
        var partition = topic.Partitions == 0 ? LibRdKafka.AnyPartition : group - topic.FirstGroup;
        return (topic.Topic, partition, _ends[group]);
    }

    private PartitionedTopic Find(string name, Func<string, NativeTopic> topics, Random random, ref int groups)
    {
        foreach (var known in _topics)
        {
            if (known.Name == name)
                return known;
        }

        var topic = topics(name);
        var partitions = topic.Partitions;
        var added = new PartitionedTopic(name, topic, partitions, groups, random.Next(Math.Max(1, partitions)));
        _topics.Add(added);
        groups += Math.Max(1, partitions);
        return added;
    }

    /// <summary>A topic as one sort sees it: its count must not change in between.</summary>
    private readonly record struct PartitionedTopic(string Name, NativeTopic Topic, int Partitions, int FirstGroup, int Keyless)
    {
        public int Place(ReadOnlySpan<byte> key) =>
            Partitions == 0 ? 0 : key.IsEmpty ? Keyless : Murmur2.Partition(key, Partitions);
    }
}
