using System.Buffers.Binary;
using Telemetry.Events.Spool.Records;

namespace Telemetry.Events.Spool.Storage;

/// <summary>
/// Keeps the acknowledged position beside the segments. Two slots are written in turn, so that a write cut short leaves the other; a slot
/// that does not match its hash counts as none, and then events are sent once more.
/// </summary>
/// <remarks>Not forced to the disk: a kill cannot lose it, and a power cut only repeats events under their ids.</remarks>
internal sealed class AcknowledgementFile(string directory)
{
    private const int SlotBytes = 16;
    private const long HashSeed = 0x41434B; // No log's id: the file outlives segments.
    private readonly string _path = Path.Combine(directory, FileName);
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private int _slot;
    private long _written;

    public const string FileName = "acknowledged";

    public long Read()
    {
        Span<byte> slots = stackalloc byte[2 * SlotBytes];
        slots.Clear();
        try
        {
            using var file = SpoolFiles.Open(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.ReadAtLeast(slots, slots.Length, throwOnEndOfStream: false);
        }
        catch (Exception exception) when (DiskFailure.IsFailure(exception))
        {
            return 0;
        }

        return Math.Max(ReadSlot(slots[..SlotBytes]), ReadSlot(slots[SlotBytes..]));
    }

    /// <summary>Writes a position. One that cannot be written is not: it only saves repetition.</summary>
    public void Write(long position)
    {
        Span<byte> slot = stackalloc byte[SlotBytes];
        BinaryPrimitives.WriteInt64LittleEndian(slot, position);
        BinaryPrimitives.WriteUInt64LittleEndian(slot[sizeof(long)..], RecordHeader.Hash(slot[..sizeof(long)], HashSeed));
        lock (_gate)
        {
            if (position <= _written)
                return;
            try
            {
                using var file = SpoolFiles.Open(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
                RandomAccess.Write(file.SafeFileHandle, slot, _slot * SlotBytes);
                (_slot, _written) = (_slot ^ 1, position);
            }
            catch (Exception exception) when (DiskFailure.IsFailure(exception))
            {
                // The next acknowledgement tries again.
            }
        }
    }

    private static long ReadSlot(ReadOnlySpan<byte> slot)
    {
        var position = BinaryPrimitives.ReadInt64LittleEndian(slot);
        return position > 0 && BinaryPrimitives.ReadUInt64LittleEndian(slot[sizeof(long)..]) == RecordHeader.Hash(slot[..sizeof(long)], HashSeed)
            ? position
            : 0;
    }
}
