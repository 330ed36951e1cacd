namespace Telemetry.Events.Testing;

/// <summary>A transport breaks the contract of <see cref="Telemetry.Events.Transport.IEventTransport"/>; the message says how.</summary>
/// <param name="message">What was expected, and what happened.</param>
/// <param name="innerException">What the transport threw; null where it threw nothing.</param>
public sealed class TransportContractException(string message, Exception? innerException = null)
    : Exception(message, innerException);
