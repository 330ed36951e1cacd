namespace Telemetry.RestProxy.Conformance.Records;

/// <summary>A record of a request, its bytes in the batch's buffer, and what became of it.</summary>
internal struct ProduceRecord
{
    public const int AnyPartition = -1;

    public Slice Key;
    public Slice Value;
    public EmbeddedFormat KeyFormat;
    public EmbeddedFormat ValueFormat;
    public bool HasKeyObject;
    public bool HasValueObject;
    public int Partition;

    /// <summary>Milliseconds since 1970; 0 for none.</summary>
    public long Timestamp;
    public int FirstHeader;
    public int HeaderCount;

    /// <summary>The partition that holds it.</summary>
    public int StoredPartition;

    /// <summary>Its offset there.</summary>
    public long StoredOffset;

    /// <summary>Why it is not stored; <see langword="null"/> if it is.</summary>
    public RecordFailure? Failure;
}
