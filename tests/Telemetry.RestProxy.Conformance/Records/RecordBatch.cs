using System.Buffers;

namespace Telemetry.RestProxy.Conformance.Records;

/// <summary>
/// The body of a request and the records in it. Keys and values are decoded in place, so a record costs no memory of
/// its own. One request owns a batch from <c>Rent</c> to <c>Return</c> of the pool.
/// </summary>
internal sealed class RecordBatch
{
    private ProduceRecord[] _records = new ProduceRecord[64];
    private HeaderSlice[] _headers = [];

    public byte[] Buffer { get; private set; } = [];

    /// <summary>The bytes of <see cref="Buffer"/> that are filled.</summary>
    public int Length { get; set; }

    public int Count { get; private set; }

    public int HeaderCount { get; private set; }

    public Span<ProduceRecord> Records => _records.AsSpan(0, Count);

    public ReadOnlySpan<HeaderSlice> HeadersOf(in ProduceRecord record) =>
        _headers.AsSpan(record.FirstHeader, record.HeaderCount);

    public ref ProduceRecord At(int position) => ref _records[position];

    /// <summary>A free place of at least this many bytes behind <see cref="Length"/>; keeps what is filled.</summary>
    public Span<byte> Room(int bytes)
    {
        if (Buffer.Length - Length < bytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + bytes, Length * 2));
            Buffer.AsSpan(0, Length).CopyTo(larger);
            ReturnBuffer();
            Buffer = larger;
        }

        return Buffer.AsSpan(Length);
    }

    /// <summary>Drops the first bytes and moves the rest to the front.</summary>
    public void Discard(int bytes)
    {
        Buffer.AsSpan(bytes, Length - bytes).CopyTo(Buffer);
        Length -= bytes;
    }

    public ref ProduceRecord Add()
    {
        if (Count == _records.Length)
            Array.Resize(ref _records, Count * 2);
        ref var record = ref _records[Count++];
        record = new ProduceRecord
        {
            Key = Slice.Null,
            Value = Slice.Null,
            Partition = ProduceRecord.AnyPartition,
            FirstHeader = HeaderCount,
        };
        return ref record;
    }

    /// <summary>Takes back the last record, which was read in part only.</summary>
    public void RemoveLast() => HeaderCount = _records[--Count].FirstHeader;

    public void AddHeader(HeaderSlice header)
    {
        if (HeaderCount == _headers.Length)
            Array.Resize(ref _headers, Math.Max(16, HeaderCount * 2));
        _headers[HeaderCount++] = header;
    }

    public ref HeaderSlice HeaderAt(int index) => ref _headers[index];

    /// <summary>Forgets the records and keeps the bytes.</summary>
    public void ClearRecords() => Count = HeaderCount = 0;

    /// <summary>Makes it ready for the next request.</summary>
    public void Reset()
    {
        ReturnBuffer();
        Buffer = [];
        Length = 0;
        ClearRecords();
    }

    private void ReturnBuffer()
    {
        if (Buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(Buffer);
    }
}
