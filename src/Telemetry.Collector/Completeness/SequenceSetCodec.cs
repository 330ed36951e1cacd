using System.Buffers;

namespace Telemetry.Collector.Completeness;

/// <summary>
/// A set of sequences as bytes: for each range the distance from the one before and the length less one, as LEB128, so that most ranges
/// take two to four bytes.
/// </summary>
internal static class SequenceSetCodec
{
    public static byte[] Encode(SequenceSet set)
    {
        var bytes = new ArrayBufferWriter<byte>(16 + (4 * set.Ranges.Count));
        long end = 0;
        foreach (var range in set.Ranges)
        {
            Write(bytes, range.First - end);
            Write(bytes, range.Last - range.First);
            end = range.Last;
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are no set.</exception>
    public static SequenceSet Decode(ReadOnlySpan<byte> bytes)
    {
        var set = new SequenceSet();
        while (!bytes.IsEmpty)
        {
            var first = Sum(set.Last, Read(ref bytes));
            var last = Sum(first, Read(ref bytes));
            if (first <= set.Last)
                throw Damaged();
            set.Add(first, last);
        }

        return set;
    }

    private static long Sum(long value, ulong distance) =>
        distance <= (ulong)(SequenceSet.MaxSequence - value) ? value + (long)distance : throw Damaged();

    private static void Write(ArrayBufferWriter<byte> bytes, long value)
    {
        var rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7)
            Write(bytes, (byte)(rest | 0x80));
        Write(bytes, (byte)rest);
    }

    private static void Write(ArrayBufferWriter<byte> bytes, byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
    }

    private static ulong Read(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64 && !bytes.IsEmpty; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw Damaged();
    }

    private static InvalidDataException Damaged() => new("The store has a set of sequences that cannot be read.");
}
