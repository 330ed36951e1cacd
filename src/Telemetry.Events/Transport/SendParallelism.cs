namespace Telemetry.Events.Transport;

/// <summary>How the events of one delivery class are divided among calls of <see cref="IEventTransport.SendAsync"/> that run at the same time.</summary>
/// <param name="Batches">The most calls at a time; up to 1 for one after another. Events with one key are never in two calls at a time.</param>
/// <param name="EventsPerBatch">
/// The most events of such a call, at least 1; <see cref="TelemetryEventsOptions.MaxBatchEvents"/> is a bound too. What fits into one call is
/// not divided.
/// </param>
public readonly record struct SendParallelism(int Batches, int EventsPerBatch)
{
    /// <summary>One call after another, each of as many events as the options allow.</summary>
    public static SendParallelism None { get; } = new(1, int.MaxValue);
}
