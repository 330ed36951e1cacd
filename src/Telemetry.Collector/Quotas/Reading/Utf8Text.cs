using System.Buffers;
using System.Text;

namespace Telemetry.Collector.Quotas.Reading;

/// <summary>A string's UTF-8, in the caller's buffer, or in a rented one where it is too long for that; disposing gives that back.</summary>
internal readonly ref struct Utf8Text
{
    /// <summary>Bytes of a buffer that nearly every id fits in.</summary>
    public const int StackLength = 128;

    private readonly byte[]? _rented;

    public Utf8Text(string text, Span<byte> buffer)
    {
        if (text.Length > buffer.Length / 3)
        {
            _rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
            buffer = _rented;
        }

        Span = buffer[..Encoding.UTF8.GetBytes(text, buffer)];
    }

    public ReadOnlySpan<byte> Span { get; }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
    }
}
