namespace Telemetry.Events.Kafka;

/// <summary>Keeps what a consumer could not decode.</summary>
/// <remarks>Where it throws, it is called again after a pause, without end; reading goes on once it has returned.</remarks>
public interface IDeadLetterHandler
{
    /// <summary>Keeps a dead letter.</summary>
    /// <param name="deadLetter">The record and the reason.</param>
    /// <param name="cancellationToken">Shutdown's time is out: a record that is not kept now is read again at the next start.</param>
    ValueTask HandleAsync(DeadLetterRecord deadLetter, CancellationToken cancellationToken);
}
