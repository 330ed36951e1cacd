using Microsoft.Extensions.Logging.Abstractions;
using Telemetry.Events;
using Telemetry.Events.Spool;
using Telemetry.Events.Spool.Instances;
using Telemetry.Events.Spooling;

namespace Telemetry.SpoolLoad;

/// <summary>Appends events to the spool and waits for the commit of the last; another thread reads and acknowledges.</summary>
internal sealed class SpoolPath : IAcceptPath
{
    private readonly EventSpool _spool;
    private readonly IEventLog _log;
    private readonly Thread _sender;
    private readonly int _inFlight;

    public SpoolPath(string directory, int threads, int inFlight)
    {
        (Threads, _inFlight) = (threads, inFlight);
        var root = Path.Combine(directory, $"spool-{threads}-{inFlight}");
        _spool = new EventSpool(new SpoolOptions { Directory = root }, TimeProvider.System, NullLogger.Instance);
        _log = _spool.Open("none", DeliveryClass.Usage);
        _sender = new Thread(Drain) { IsBackground = true };
        _sender.Start();
    }

    public string Name => $"spool, {Threads} thread{(Threads == 1 ? "" : "s")}" + (_inFlight == 1 ? "" : $", {_inFlight} events each in flight");

    public int Threads { get; }

    public int Accept()
    {
        long position = 0;
        for (var i = 0; i < _inFlight; i++)
        {
            var result = _log.Append(Sample.Event);
            if (!result.IsAppended)
                throw new InvalidOperationException($"The event was refused: {result.Refusal.ToCode()}.");
            position = result.Position;
        }

        var refusal = _log.WaitForCommit(position, Timeout.InfiniteTimeSpan);
        return refusal == SpoolRefusal.None ? _inFlight : throw new InvalidOperationException($"The commit failed: {refusal.ToCode()}.");
    }

    public void Dispose()
    {
        _spool.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _sender.Join();
    }

    private void Drain()
    {
        while (_log.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            for (var batch = _log.Read(1000); !batch.IsEmpty; batch = _log.Read(1000))
                _log.Acknowledge(batch.Span[^1].Position);
        }
    }
}
