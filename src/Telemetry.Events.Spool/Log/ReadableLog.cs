using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Log;

/// <summary>The reading end that live and left logs share.</summary>
internal abstract class ReadableLog(LogLocation location, LogState state, LogSettings settings) : IEventLogReader, IDisposable
{
    private readonly Lock _readGate = new();

    // Guarded by _readGate.
    private SegmentReader? _reader;
    private long _lastRead;
    private bool _isDisposed;

    public string Transport => location.Transport;

    public DeliveryClass Delivery => location.Delivery;

    public abstract EventLogUsage Usage { get; }

    protected LogLocation Location => location;

    protected LogState State => state;

    protected LogSettings Settings => settings;

    public async ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var next = state.NextReadable(Math.Max(Volatile.Read(ref _lastRead), state.AcknowledgedAtOpen), out var isReadable, out var isOver);
            if (isReadable || isOver)
                return isReadable;
            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public ReadOnlyMemory<SpooledEvent> Read(int maxEvents)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEvents, 1);
        lock (_readGate)
        {
            if (_isDisposed)
                return ReadOnlyMemory<SpooledEvent>.Empty;
            _reader ??= new SegmentReader(state, state.AcknowledgedAtOpen);
            var events = _reader.Read(maxEvents);
            Volatile.Write(ref _lastRead, _reader.LastPosition);
            return events;
        }
    }

    public void Acknowledge(long position)
    {
        if (state.Acknowledge(Math.Min(position, Volatile.Read(ref _lastRead))))
            OnAcknowledged();
    }

    public virtual void Dispose()
    {
        state.Close();
        lock (_readGate)
        {
            _isDisposed = true;
            _reader?.Dispose();
        }
    }

    protected abstract void OnAcknowledged();
}
