using Microsoft.Extensions.Logging;

namespace Telemetry.Events.RestProxy;

/// <summary>What the proxy takes, as far as it has shown: the size of a request, and whether it may be compressed. Safe for use from any thread.</summary>
internal sealed class RequestLimits(RestProxyTransportOptions options, ILogger logger)
{
    // Below this a limit is not learned: a request of a few records that is refused has one record that is too large.
    private const int LeastBytes = 16_384;

    private int _maxBytes = options.MaxRequestBytes;
    private volatile bool _compress = options.Compression == RequestCompression.Auto;
    private volatile bool _compressionProven;

    public int MaxRecords => options.MaxBatchRecords;

    public int MaxBytes => Volatile.Read(ref _maxBytes);

    public bool Compress => _compress;

    /// <summary>The proxy took a compressed request.</summary>
    public void ProveCompression() => _compressionProven = true;

    /// <summary>Turns compression off where this status may mean that the proxy cannot read it.</summary>
    /// <returns>Whether the request should be sent again uncompressed.</returns>
    public bool BlameCompression(int status)
    {
        if (status != 415 && (_compressionProven || status is not (400 or 422)))
            return false;
        if (_compress)
            logger.CompressionRefused(status);
        _compress = false;
        return true;
    }

    /// <summary>The proxy answered 413 to several records of this many bytes.</summary>
    public void LearnTooLarge(int bytes)
    {
        var limit = Math.Max(LeastBytes, bytes / 2);
        var current = MaxBytes;
        if (limit < current && Interlocked.CompareExchange(ref _maxBytes, limit, current) == current)
            logger.RequestTooLarge(bytes, limit);
    }
}
