using Telemetry.Collector.Runs;

namespace Telemetry.Collector.Storage;

/// <summary>A run's event together with where it stood, so that it can still become a dead letter.</summary>
/// <param name="Event">The decoded event.</param>
/// <param name="Topic">The topic it was read from.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="ReceivedAt">When the Collector read it.</param>
/// <param name="Raw">The record's value as it came.</param>
public sealed record ConsumedRunEvent(
    RunEvent Event,
    string Topic,
    int Partition,
    long Offset,
    DateTimeOffset ReceivedAt,
    ReadOnlyMemory<byte> Raw);
