namespace Telemetry.Events.Kafka;

/// <summary>A record that cannot be used, and why. Keep it somewhere: its offset is committed, and it is not read again.</summary>
public sealed record DeadLetterRecord
{
    /// <summary>The topic or event hub.</summary>
    public required string Topic { get; init; }

    /// <summary>The partition.</summary>
    public required int Partition { get; init; }

    /// <summary>The offset within the partition.</summary>
    public required long Offset { get; init; }

    /// <summary>A sentence that says what is wrong with it.</summary>
    public required string Reason { get; init; }

    /// <summary>The record's key; empty for none.</summary>
    public ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>The record's value as it was read; empty for a tombstone.</summary>
    public ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>Where it stood: <c>topic[partition]@offset</c>, and the reason.</summary>
    public override string ToString() => $"{Topic}[{Partition}]@{Offset}: {Reason}";
}
