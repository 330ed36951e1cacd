namespace Telemetry.Collector.Quotas.Reading;

/// <summary>
/// What events of one kind and one producer begin with, up to the sequence: known bytes need not be read again. Immutable but for the
/// count of misses.
/// </summary>
internal sealed class PlainPrefix(byte[] bytes, int seen, int resource, ulong required, Range tenant)
{
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Bits of the attributes that are in it.</summary>
    public int Seen => seen;

    public int Resource => resource;

    /// <summary>Bits of the columns that the type must have.</summary>
    public ulong Required => required;

    /// <summary>Where the tenant stands in it; empty for nowhere.</summary>
    public Range Tenant => tenant;

    /// <summary>How often its place was asked for another one. Roughly: it is counted without care for other threads.</summary>
    public int Misses { get; set; }
}
