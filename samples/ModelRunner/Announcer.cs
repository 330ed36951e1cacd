using Telemetry.Events;

namespace Telemetry.Samples.ModelRunner;

/// <summary>Publishes an event and waits for the broker's word on it.</summary>
internal sealed class Announcer(IEventPublisher publisher, TimeProvider time)
{
    // The publisher itself tries for as long as the process lives; a console user wants to know earlier.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Publishes the event. Ctrl-C does not end the wait: without the event the run would never be measured.</summary>
    /// <returns>Null where the broker acknowledged it; else a sentence.</returns>
    public async Task<string?> AnnounceAsync<TEvent>(TEvent telemetryEvent)
        where TEvent : ITelemetryEvent
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        try
        {
            var receipt = await publisher.ConfirmAsync(telemetryEvent, deadline.Token);
            return receipt.IsDelivered ? null : $"The event {TEvent.Descriptor} was not delivered: {receipt.Reason}.";
        }
        catch (OperationCanceledException)
        {
            return $"The broker did not acknowledge the event {TEvent.Descriptor} within {Patience.TotalSeconds} s. "
                + "Check that KAFKA_DIRECT_URL is a broker that runs and that the topic exists.";
        }
    }
}
