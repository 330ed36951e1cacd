using Telemetry.Collector.DirectTopics;
using Telemetry.Collector.DirectTopics.Proof;

namespace Telemetry.IntegrationTests.DirectTopics;

/// <summary>
/// Tells publishers when to wait: the embedded broker keeps some 5 MB a partition and silently forgets what is older. A real broker keeps
/// it, and nobody waits.
/// </summary>
internal sealed class LagGate(DirectTopicsOptions settings) : IDisposable
{
    // Some 3 MB of events; what is published between two looks still fits.
    private const int MostWaiting = 6000;

    private readonly KafkaOffsets _offsets = new(settings.Kafka!);
    private volatile bool _isOpen = true;

    /// <summary>Records of which the offsets are committed, so that they are rows.</summary>
    public long Taken { get; private set; }

    /// <summary>Records that wait in Kafka.</summary>
    public long Lag { get; private set; }

    /// <summary>Looks at every partition. To be called from one thread at a time.</summary>
    public void Look()
    {
        var partitions = settings.Topics.SelectMany(topic => _offsets.Of(topic, $"{settings.GroupPrefix}-{topic}")).ToList();
        Assert.All(partitions, partition => Assert.True(
            partition.Low <= (partition.Committed ?? 0), $"The broker forgot records that nobody had read, so that this run proves nothing: {partition}"));
        _isOpen = partitions.All(partition => partition.Lag < MostWaiting);
        Taken = partitions.Sum(partition => partition.Committed ?? 0);
        Lag = partitions.Sum(partition => partition.Lag);
    }

    /// <summary>For any number of publishers beside the one that looks.</summary>
    public async Task WaitAsync()
    {
        while (!_isOpen)
            await Task.Delay(10);
    }

    public void Dispose() => _offsets.Dispose();
}
