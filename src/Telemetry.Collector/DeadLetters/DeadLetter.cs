namespace Telemetry.Collector.DeadLetters;

/// <summary>A record that could not be used, kept with the reason. Identified by topic, partition and offset.</summary>
public sealed record DeadLetter
{
    public required string Topic { get; init; }

    public required int Partition { get; init; }

    public required long Offset { get; init; }

    /// <summary>A sentence: what is wrong with the record and what would be right.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The record's value as it came; empty for a tombstone.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }
}
