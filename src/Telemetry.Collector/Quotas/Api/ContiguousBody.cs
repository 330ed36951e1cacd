using System.Buffers;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>
/// A body in one piece: the server's own memory, or a rented copy, which disposing gives back. The copy costs
/// less than a reader of JSON loses where values lie across pieces.
/// </summary>
internal readonly ref struct ContiguousBody
{
    private readonly byte[]? _rented;

    public ContiguousBody(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            Span = bytes.FirstSpan;
            return;
        }

        _rented = ArrayPool<byte>.Shared.Rent((int)bytes.Length);
        bytes.CopyTo(_rented);
        Span = _rented.AsSpan(0, (int)bytes.Length);
    }

    public ReadOnlySpan<byte> Span { get; }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
    }
}
