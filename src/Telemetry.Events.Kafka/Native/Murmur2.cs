using System.Buffers.Binary;

namespace Telemetry.Events.Kafka.Native;

/// <summary>
/// The hash by which Kafka's Java client places keys (<c>org.apache.kafka.common.utils.Utils.murmur2</c>), and the REST proxies with it.
/// </summary>
internal static class Murmur2
{
    private const uint Seed = 0x9747b28c;
    private const uint Multiplier = 0x5bd1e995;
    private const int Shift = 24;

    /// <summary>The partition of a key: the hash made positive, modulo the count.</summary>
    public static int Partition(ReadOnlySpan<byte> key, int partitions) => (Hash(key) & int.MaxValue) % partitions;

    public static int Hash(ReadOnlySpan<byte> data)
    {
        var hash = Seed ^ (uint)data.Length;
        while (data.Length >= sizeof(uint))
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(data) * Multiplier;
            word = (word ^ (word >> Shift)) * Multiplier;
            hash = (hash * Multiplier) ^ word;
            data = data[sizeof(uint)..];
        }

        if (!data.IsEmpty)
        {
            for (var i = data.Length - 1; i >= 0; i--)
                hash ^= (uint)data[i] << (8 * i);
            hash *= Multiplier;
        }

        hash = (hash ^ (hash >> 13)) * Multiplier;
        return (int)(hash ^ (hash >> 15));
    }
}
