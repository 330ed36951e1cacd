using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Telemetry.Events.EventHubs.Tests.Gateway;

/// <summary>Writes the protocol's older, fixed-width types.</summary>
internal sealed class KafkaWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public KafkaWriter Int16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_buffer.GetSpan(2), value);
        _buffer.Advance(2);
        return this;
    }

    public KafkaWriter Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
        return this;
    }

    public KafkaWriter Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
        return this;
    }

    public KafkaWriter String(string? value)
    {
        if (value is null)
            return Int16(-1);
        Int16((short)Encoding.UTF8.GetByteCount(value));
        _buffer.Write(Encoding.UTF8.GetBytes(value));
        return this;
    }

    public KafkaWriter Bytes(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        _buffer.Write(value);
        return this;
    }

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}
