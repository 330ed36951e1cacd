using System.Threading.Channels;

namespace Telemetry.Events.RestProxy;

/// <summary>As many exchanges as requests may be in flight: whoever wants one more waits here. Safe for use from any thread.</summary>
internal sealed class ExchangePool : IDisposable
{
    private readonly Channel<Exchange> _free;
    private readonly int _keepBytes;

    /// <param name="size">How many requests may be in flight.</param>
    /// <param name="keepBytes">The largest buffer that is kept between two requests.</param>
    public ExchangePool(int size, int keepBytes)
    {
        _keepBytes = keepBytes;
        _free = Channel.CreateBounded<Exchange>(size);
        for (var i = 0; i < size; i++)
            _free.Writer.TryWrite(new Exchange());
    }

    /// <exception cref="OperationCanceledException">It was cancelled before one was free.</exception>
    public ValueTask<Exchange> TakeAsync(CancellationToken cancellationToken) => _free.Reader.ReadAsync(cancellationToken);

    public void Return(Exchange exchange)
    {
        exchange.Reset(_keepBytes);
        if (!_free.Writer.TryWrite(exchange))
            exchange.Dispose();
    }

    /// <summary>Exchanges that are in use go when they come back.</summary>
    public void Dispose()
    {
        _free.Writer.TryComplete();
        while (_free.Reader.TryRead(out var exchange))
            exchange.Dispose();
    }
}
