using System.Globalization;

namespace Telemetry.Collector.DirectTopics.Proof;

/// <summary>Remembers since when a partition has not moved while records wait. Safe for use from any thread.</summary>
internal sealed class IngestionProgress(TimeProvider time)
{
    private readonly Lock _gate = new();
    private Dictionary<(string Topic, int Partition), (long? Committed, long Since)> _positions = [];
    private HashSet<(string Topic, int Partition)> _waiting = [];
    private IReadOnlyList<KafkaPartition> _partitions = [];
    private string? _problem = "Kafka's offsets have not been read yet.";

    /// <summary>What was read last.</summary>
    public IReadOnlyList<KafkaPartition> Partitions
    {
        get
        {
            lock (_gate)
                return _partitions;
        }
    }

    public void Update(IReadOnlyList<KafkaPartition> partitions)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            _positions = partitions.ToDictionary(
                partition => (partition.Topic, partition.Partition),
                partition => _positions.TryGetValue((partition.Topic, partition.Partition), out var before)
                    && _waiting.Contains((partition.Topic, partition.Partition)) && before.Committed == partition.Committed
                        ? before
                        : (partition.Committed, now));
            _waiting = [.. partitions.Where(partition => partition.Lag > 0).Select(partition => (partition.Topic, partition.Partition))];
            (_partitions, _problem) = (partitions, null);
        }
    }

    /// <summary>Says why nothing could be read; the partitions stay as they were.</summary>
    public void Fail(string problem)
    {
        lock (_gate)
            _problem = problem;
    }

    /// <summary>A sentence for what stands still, or null where all is well.</summary>
    public string? FindProblem(TimeSpan stallTimeout)
    {
        lock (_gate)
        {
            if (_problem is not null)
                return _problem;
            var now = time.GetTimestamp();
            var still = _partitions.Where(partition => partition.Lag > 0 &&
                time.GetElapsedTime(_positions[(partition.Topic, partition.Partition)].Since, now) > stallTimeout).ToList();
            return still.Count == 0 ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"{still.Sum(partition => partition.Lag)} records wait in {string.Join(", ", still.Select(partition => $"{partition.Topic}[{partition.Partition}]"))} and none was taken for {stallTimeout.TotalSeconds:F0} s.");
        }
    }
}
