using System.Buffers.Binary;

namespace Telemetry.RestProxy.Conformance.Storage;

/// <summary>
/// The partition of a key as Java's default partitioner has it: <c>org.apache.kafka.common.utils.Utils.murmur2</c>,
/// its sign bit cleared, modulo the number of partitions.
/// </summary>
internal static class Murmur2
{
    private const uint Multiplier = 0x5bd1e995;
    private const uint Seed = 0x9747b28c;

    public static int Partition(ReadOnlySpan<byte> key, int partitions) => (int)(Hash(key) & 0x7fffffff) % partitions;

    public static uint Hash(ReadOnlySpan<byte> data)
    {
        var hash = Seed ^ (uint)data.Length;
        for (; data.Length >= 4; data = data[4..])
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(data) * Multiplier;
            word = (word ^ (word >> 24)) * Multiplier;
            hash = (hash * Multiplier) ^ word;
        }

        if (data.Length > 2)
            hash ^= (uint)data[2] << 16;
        if (data.Length > 1)
            hash ^= (uint)data[1] << 8;
        if (data.Length > 0)
            hash = (hash ^ data[0]) * Multiplier;

        hash = (hash ^ (hash >> 13)) * Multiplier;
        return hash ^ (hash >> 15);
    }
}
