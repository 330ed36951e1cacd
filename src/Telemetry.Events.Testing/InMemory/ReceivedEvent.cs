using System.Text;

namespace Telemetry.Events.Testing;

/// <summary>An event as a transport was handed it.</summary>
/// <param name="Id">The CloudEvents id.</param>
/// <param name="Topic">Where it was sent.</param>
/// <param name="Key">The record's key as text; null for none.</param>
/// <param name="Body">The envelope's bytes.</param>
/// <param name="Envelope">The envelope, read by the same reader that consumers use.</param>
public sealed record ReceivedEvent(Guid Id, string Topic, string? Key, ReadOnlyMemory<byte> Body, EventEnvelope Envelope)
{
    /// <summary>The envelope as text, for a failed assertion's message.</summary>
    public override string ToString() => $"{Topic}: {Encoding.UTF8.GetString(Body.Span)}";
}
