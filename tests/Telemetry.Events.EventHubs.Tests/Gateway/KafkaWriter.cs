using System.Buffers.Binary;
using System.Text;

namespace Telemetry.Events.EventHubs.Tests.Gateway;

/// <summary>Writes the protocol's older, fixed-width types.</summary>
internal sealed class KafkaWriter
{
    private readonly MemoryStream _stream = new();

    public KafkaWriter Int16(short value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteInt16BigEndian(bytes, value);
        _stream.Write(bytes);
        return this;
    }

    public KafkaWriter Int32(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        _stream.Write(bytes);
        return this;
    }

    public KafkaWriter Int64(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        _stream.Write(bytes);
        return this;
    }

    public KafkaWriter String(string? value)
    {
        if (value is null)
            return Int16(-1);
        var bytes = Encoding.UTF8.GetBytes(value);
        Int16((short)bytes.Length);
        _stream.Write(bytes);
        return this;
    }

    public KafkaWriter Bytes(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        _stream.Write(value);
        return this;
    }

    public byte[] ToArray() => _stream.ToArray();
}
