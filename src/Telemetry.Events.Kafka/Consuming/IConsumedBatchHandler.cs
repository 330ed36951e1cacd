namespace Telemetry.Events.Kafka;

/// <summary>Handles what a consumer reads, batch by batch: for handlers that store many events at once.</summary>
/// <remarks>
/// Offsets are committed after it returned. Where it throws, it is called again with the same batch after a pause, without end: so
/// it must bear repetition, as it must after a crash between handling and commit. One call at a time for each consumer.
/// </remarks>
public interface IConsumedBatchHandler
{
    /// <summary>Handles a batch, events and dead letters both.</summary>
    /// <param name="batch">What was read. It is not valid after the call.</param>
    /// <param name="cancellationToken">Shutdown's time is out: what is not handled now is read again at the next start.</param>
    ValueTask HandleAsync(ConsumedBatch batch, CancellationToken cancellationToken);
}
