using System.Buffers.Binary;

namespace Telemetry.Collector.Quotas.Reading;

/// <summary>
/// The prefixes of a topic's events that were seen. One place for each hash: a producer whose place another has is read without help.
/// Safe for use from any thread.
/// </summary>
internal sealed class PlainPrefixes
{
    private const int Places = 256;

    // Behind what does not change stands the end of the producer's id.
    private const int HashedBytes = 8;
    private const int MissesBeforeReplacement = 100;
    private readonly PlainPrefix?[] _places = new PlainPrefix?[Places];
    private PlainPrefix? _last;

    /// <summary>The signs between what does not change, and what does.</summary>
    public static ReadOnlySpan<byte> End => "\",\"sequence\":\""u8;

    /// <summary>
    /// The prefix that the record begins with, if it is the one that was found last: events of one producer mostly come one after the other.
    /// </summary>
    /// <param name="value">The record.</param>
    public PlainPrefix? FindLast(ReadOnlySpan<byte> value)
    {
        // Its first End is where the prefix ends, since the prefix was made so; so is the record's, whose bytes are the same.
        var last = Volatile.Read(ref _last);
        return last is not null && value.StartsWith(last.Bytes) && value[last.Bytes.Length..].StartsWith(End) ? last : null;
    }

    /// <summary>The known prefix that the record begins with.</summary>
    /// <param name="prefix">The record up to <see cref="End"/>.</param>
    public PlainPrefix? Find(ReadOnlySpan<byte> prefix)
    {
        if (prefix.Length < HashedBytes)
            return null;
        var known = Volatile.Read(ref _places[PlaceOf(prefix)]);
        if (known is null)
            return null;
        if (prefix.SequenceEqual(known.Bytes))
        {
            Volatile.Write(ref _last, known);
            return known;
        }

        known.Misses++;
        return null;
    }

    /// <summary>Whether this one should be kept: its place is free, or has been of no use for long.</summary>
    public bool Wants(ReadOnlySpan<byte> prefix) =>
        prefix.Length >= HashedBytes && Volatile.Read(ref _places[PlaceOf(prefix)]) is null or { Misses: > MissesBeforeReplacement };

    public void Add(PlainPrefix prefix) => Volatile.Write(ref _places[PlaceOf(prefix.Bytes)], prefix);

    private static int PlaceOf(ReadOnlySpan<byte> prefix) =>
        (int)((BinaryPrimitives.ReadUInt64LittleEndian(prefix[^HashedBytes..]) ^ (ulong)prefix.Length) * 0x9E3779B97F4A7C15 >> 56);
}
