using Telemetry.Chaos.Events;
using Telemetry.Events;

namespace Telemetry.Chaos.Producers;

/// <summary>Publishes one event after the other under one key, and tells of each when its call has returned.</summary>
internal sealed class Flow(IEventPublisher events, Reporter reporter, DeliveryClass delivery, FlowKind kind, int process, int flow, int rate)
{
    private const string Spooled = "spooled";
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(5);

    private readonly EventDescriptor _descriptor = ChaosTopics.DescriptorOf(delivery);
    private readonly long _started = TimeProvider.System.GetTimestamp();

    public Task Start(CancellationToken stop) => kind == FlowKind.Blocking
        ? Task.Factory.StartNew(() => Run(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
        : Task.Run(() => RunAsync(stop), CancellationToken.None);

    private void Run(CancellationToken stop)
    {
        for (var index = 1; !stop.IsCancellationRequested; index++)
        {
            var number = new EventNumber(process, flow, index);
            if (!Tell(number, events.Publish(_descriptor, new ChaosPayload(number))))
                return;
            if (Ahead(index) is { Ticks: > 0 } pause)
                stop.WaitHandle.WaitOne(pause);
        }
    }

    private async Task RunAsync(CancellationToken stop)
    {
        for (var index = 1; !stop.IsCancellationRequested; index++)
        {
            var number = new EventNumber(process, flow, index);
            var payload = new ChaosPayload(number);
            if (kind == FlowKind.Confirming)
                Tell(number, await events.ConfirmAsync(_descriptor, payload, CancellationToken.None));
            else if (!Tell(number, await events.PublishAsync(_descriptor, payload, CancellationToken.None)))
                return;
            // On to whatever thread is free: the order of a key must not hang on threads.
            await Task.Yield();
            if (Ahead(index) is { Ticks: > 0 } pause)
                await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool Tell(EventNumber number, PublishResult result)
    {
        reporter.Say(result.IsAccepted
            ? Words.Say(Words.Accepted, new DeliveryWords(delivery, number, result.EventId.ToString()))
            : Words.Say(Words.Refused, new DeliveryWords(delivery, number, result.Refusal.ToString())));
        return result.Refusal != RefusalReason.Stopped;
    }

    private void Tell(EventNumber number, DeliveryReceipt receipt)
    {
        var word = receipt switch
        {
            { IsDelivered: true } => Words.Confirmed,
            { EventId: var id } when id == Guid.Empty => Words.Refused,
            { Reason: Spooled } => Words.LeftOnDisk,
            _ => Words.Dropped,
        };
        reporter.Say(Words.Say(word, new DeliveryWords(delivery, number, word == Words.Refused ? receipt.Reason! : receipt.EventId.ToString())));
    }

    /// <summary>How long to wait for the flow's rate; nothing while it is behind, which a blocking call makes it.</summary>
    private TimeSpan Ahead(int index)
    {
        var ahead = TimeSpan.FromSeconds((double)index / rate) - TimeProvider.System.GetElapsedTime(_started);
        return ahead > Slack ? ahead : TimeSpan.Zero;
    }
}
