using Telemetry.Events.Spooling;

namespace Telemetry.Events.Spool.Tests.Publishing;

/// <summary>A real spool whose disk does not answer: commits are made, and nobody hears of them before <see cref="Release"/>.</summary>
internal sealed class HangingSpool(IEventSpool spool) : IEventSpool
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _released.TrySetResult();

    public IEventLog Open(string transport, DeliveryClass delivery) => new HangingLog(spool.Open(transport, delivery), _released.Task);

    public IReadOnlyList<IEventLogReader> TakeOver() => spool.TakeOver();

    public ValueTask DisposeAsync() => spool.DisposeAsync();

    private sealed class HangingLog(IEventLog log, Task released) : IEventLog
    {
        public long CommittedPosition => log.CommittedPosition;

        public string Transport => log.Transport;

        public DeliveryClass Delivery => log.Delivery;

        public EventLogUsage Usage => log.Usage;

        public AppendResult Append(in SpooledEvent spooled) => log.Append(spooled);

        public SpoolRefusal WaitForCommit(long position, TimeSpan timeout) =>
            released.Wait(timeout) ? log.WaitForCommit(position, timeout) : SpoolRefusal.TimedOut;

        public async ValueTask<SpoolRefusal> WaitForCommitAsync(long position, CancellationToken cancellationToken = default)
        {
            await released.WaitAsync(cancellationToken);
            return await log.WaitForCommitAsync(position, cancellationToken);
        }

        public async ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
        {
            await released.WaitAsync(cancellationToken);
            return await log.WaitToReadAsync(cancellationToken);
        }

        public ReadOnlyMemory<SpooledEvent> Read(int maxEvents) => log.Read(maxEvents);

        public void Acknowledge(long position) => log.Acknowledge(position);
    }
}
