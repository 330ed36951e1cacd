namespace Telemetry.Events.Kafka;

/// <summary>Handles one kind of event.</summary>
/// <typeparam name="TEvent">The typed event.</typeparam>
/// <remarks>
/// The offset is committed after it returned. Where it throws, it is called again with the same event after a pause, without end, and
/// nothing behind that event is handled meanwhile: what can never be handled must be put away by the handler itself.
/// </remarks>
public interface IEventConsumerHandler<in TEvent>
{
    /// <summary>Handles an event.</summary>
    /// <param name="data">The payload.</param>
    /// <param name="consumed">The envelope, and where the event stood.</param>
    /// <param name="cancellationToken">Shutdown's time is out: an event that is not handled now is read again at the next start.</param>
    ValueTask HandleAsync(TEvent data, ConsumedEvent consumed, CancellationToken cancellationToken);
}
