using System.Buffers;

namespace Telemetry.Events.RestProxy;

/// <summary>
/// Bytes that are written from the front, in an array of the shared pool that is kept between uses. One owner at a time;
/// <see cref="Dispose"/> is the one place where the array goes back.
/// </summary>
internal sealed class PooledBuffer : IDisposable
{
    private const int InitialSize = 64 * 1024;

    private byte[] _array = [];

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _array.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _array.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>At least this much room behind what is written.</summary>
    public Memory<byte> GetMemory(int size)
    {
        if (_array.Length - Length < size)
            Grow(size);
        return _array.AsMemory(Length);
    }

    /// <inheritdoc cref="GetMemory"/>
    public Span<byte> GetSpan(int size)
    {
        if (_array.Length - Length < size)
            Grow(size);
        return _array.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Forgets what is written, and gives an array back that one unusual request has blown up.</summary>
    public void Trim(int keep)
    {
        Length = 0;
        if (_array.Length > keep)
            Dispose();
    }

    public void Dispose()
    {
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = [];
        Length = 0;
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(InitialSize, _array.Length * 2), checked(Length + size)));
        Written.CopyTo(larger);
        var length = Length;
        Dispose();
        (_array, Length) = (larger, length);
    }
}
