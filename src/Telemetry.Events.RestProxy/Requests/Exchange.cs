using System.IO.Compression;

namespace Telemetry.Events.RestProxy;

/// <summary>
/// The buffers of one request and its reply, kept for the next one. Owned by whoever took it from the <see cref="ExchangePool"/>.
/// </summary>
internal sealed class Exchange : IDisposable
{
    /// <summary>The encoded records.</summary>
    public PooledBuffer Request { get; } = new();

    /// <summary>The reply's body, as far as it came.</summary>
    public PooledBuffer Reply { get; } = new();

    public RecordsContent Content { get; } = new();

    /// <summary>The connection that the request was written to; null where none was reached, and with HTTP/2.</summary>
    public ProxyConnection? Connection { get; set; }

    /// <summary>The last attempt's HTTP status; 0 where none came.</summary>
    public int Status { get; set; }

    /// <summary>Whether the last attempt may have sent anything.</summary>
    public bool IsSent { get; set; }

    private PooledBuffer Compressed { get; } = new();

    private int Attempts { get; set; }

    public void BeginRequest()
    {
        Attempts = 0;
        Forget();
    }

    /// <returns>Which attempt of the request this is, from 1.</returns>
    public int BeginAttempt()
    {
        Forget();
        return ++Attempts;
    }

    /// <summary>Puts what is encoded into the content.</summary>
    public void Seal(string contentType, bool compress)
    {
        var bytes = Request.WrittenMemory;
        if (compress)
        {
            Compressed.Clear();
            using (var gzip = new GZipStream(new PooledBufferStream(Compressed), CompressionLevel.Fastest))
                gzip.Write(bytes.Span);
            bytes = Compressed.WrittenMemory;
        }

        Content.Set(bytes, contentType, compress);
    }

    /// <summary>Closes the connection that gave a reply which makes no sense.</summary>
    public void AbandonConnection() => Connection?.Dispose();

    /// <summary>Makes it ready for the next owner.</summary>
    public void Reset(int keepBytes)
    {
        Forget();
        Request.Trim(keepBytes);
        Reply.Trim(keepBytes);
        Compressed.Trim(keepBytes);
    }

    private void Forget()
    {
        (Connection, Status, IsSent) = (null, 0, false);
        Reply.Clear();
    }

    public void Dispose()
    {
        Request.Dispose();
        Reply.Dispose();
        Compressed.Dispose();
        Content.Dispose();
    }
}
