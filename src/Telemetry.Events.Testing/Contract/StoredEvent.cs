namespace Telemetry.Events.Testing;

/// <summary>A record as a consumer reads it from the broker.</summary>
/// <param name="Topic">Where it stands.</param>
/// <param name="Partition">The partition; 0 where there are none.</param>
/// <param name="Key">The record's key; empty for none.</param>
/// <param name="Body">The record's value.</param>
public sealed record StoredEvent(string Topic, int Partition, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Body)
{
    /// <summary>Its place in the partition; -1 where the harness does not say. Outcomes that name an offset are held against it.</summary>
    public long Offset { get; init; } = -1;
}
