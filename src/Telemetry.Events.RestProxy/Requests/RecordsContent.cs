using System.Net;

namespace Telemetry.Events.RestProxy;

/// <summary>A request's body over bytes that its owner fills anew for each request. Reused; never disposed by a request.</summary>
internal sealed class RecordsContent : HttpContent
{
    private ReadOnlyMemory<byte> _bytes;
    private string? _contentType;
    private bool _compressed;

    /// <param name="bytes">Owned by the exchange; unchanged until the request has ended.</param>
    /// <param name="contentType">Sent exactly so: Strimzi refuses one with a charset behind it.</param>
    /// <param name="compressed">Whether the bytes are gzip.</param>
    public void Set(ReadOnlyMemory<byte> bytes, string contentType, bool compressed)
    {
        _bytes = bytes;
        // The length of the first request would stay in the headers otherwise.
        Headers.ContentLength = bytes.Length;
        if (!ReferenceEquals(_contentType, contentType))
        {
            Headers.Remove("Content-Type");
            Headers.TryAddWithoutValidation("Content-Type", contentType);
            _contentType = contentType;
        }

        if (_compressed != compressed)
        {
            Headers.ContentEncoding.Clear();
            if (compressed)
                Headers.ContentEncoding.Add("gzip");
            _compressed = compressed;
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(_bytes, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
